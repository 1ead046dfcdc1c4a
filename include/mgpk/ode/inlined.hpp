// The wish to be inlined whole, where a call would spill every register.
#pragma once

#if defined(__CUDACC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// What a sanitizer adds to each operation would be inlined a thousand times over.
#define MGPK_INLINED
#else
#define MGPK_INLINED __attribute__((always_inline))
#endif
