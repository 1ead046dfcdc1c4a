// SUNDIALS CVODE, Adams' methods.
#include "sundials_cvode.hpp"

int main(int n_arguments, char** arguments) {
  return rivals::sundials::run_cvode(n_arguments, arguments, "SUNDIALS CVODE Adams", CV_ADAMS);
}
