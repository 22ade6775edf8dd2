#pragma once
// pkg-config gives this define, but the Swift package manager drops it: wide characters need it.
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <term.h>
