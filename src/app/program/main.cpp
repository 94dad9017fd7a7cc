#include "app/command_line.hpp"

int main(int argc, char** argv) { return dusk::app::run(argc, argv); }
