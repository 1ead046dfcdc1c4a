// The one macro that marks a law, so that the same template also compiles for a GPU.
#pragma once

#if defined(__CUDACC__)
#define MGPK_LAW __host__ __device__ inline
#else
#define MGPK_LAW inline
#endif
