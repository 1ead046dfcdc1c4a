// The one main of all test programs; the tests themselves stand in the folders beside it.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
