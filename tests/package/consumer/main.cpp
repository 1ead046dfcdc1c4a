// A stranger's program: it must compile against the installed headers and nothing else of ours.
#include <iostream>
#include <mgpk/version.hpp>

int main() { std::cout << "mgpk " << mgpk::version << '\n'; }
