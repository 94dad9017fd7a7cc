#include "../../../../counter/cpp/src/contract.cpp"
