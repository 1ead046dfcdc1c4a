// The wish to be inlined whole, where a call would spill every register. It changes no bit; who
// compiles much and runs little may define MGPK_INLINED as nothing.
#pragma once

// What a sanitizer adds to each operation would be inlined a thousand times over. g++ says by
// macros that there is one, clang by features.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MGPK_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MGPK_SANITIZED 1
#endif
#endif

#ifndef MGPK_INLINED
#if defined(__CUDACC__) || defined(MGPK_SANITIZED)
#define MGPK_INLINED
#else
#define MGPK_INLINED __attribute__((always_inline))
#endif
#endif
#undef MGPK_SANITIZED
