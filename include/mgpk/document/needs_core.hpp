// Run files stand compiled in mgpk::core; who links the headers alone is told so by the compiler.
#pragma once

/// Marks a function that has no inline definition. Without mgpk::core a call of it does not compile
/// (where the compiler has no such attribute, it does not link).
#if defined(MGPK_USE_CORE) || !defined(__has_cpp_attribute)
#define MGPK_NEEDS_CORE
#elif __has_cpp_attribute(gnu::error)
#define MGPK_NEEDS_CORE \
  [[gnu::error("run files need the compiled library: link mgpk::core in place of mgpk::mgpk")]]
#else
#define MGPK_NEEDS_CORE
#endif
