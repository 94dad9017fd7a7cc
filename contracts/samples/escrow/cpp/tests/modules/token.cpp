#include "../../../../token/cpp/src/contract.cpp"
