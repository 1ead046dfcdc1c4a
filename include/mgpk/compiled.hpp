// Which functions are defined in the headers, and which stand ready in the compiled library.
#pragma once

/// Users of mgpk::mgpk compile the solver in their own program: the definitions are inline. Users
/// of mgpk::core (which sets MGPK_USE_CORE) only see declarations, and so compile fast.
#if defined(MGPK_USE_CORE)
#define MGPK_COMPILED
#define MGPK_DEFINE_COMPILED 0
#else
#define MGPK_COMPILED inline
#define MGPK_DEFINE_COMPILED 1
#endif
