#pragma once
// pkg-config gives this define, but the Swift package manager drops it: wide characters need it.
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <term.h>
#include <wchar.h>

// Attributes are macros with casts, which Swift does not see.
static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_reverse = A_REVERSE;
static const attr_t curses_underline = A_UNDERLINE;

// Variables of the library are not safe to name from Swift 6.
static inline int curses_colors(void) { return has_colors() ? COLORS : 0; }

// A capability of a terminal type as a string, or NULL; tigetstr also answers -1.
static inline const char *curses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

// A capability that is a number; negative where the type has none.
static inline int curses_number(const char *name) { return tigetnum(name); }

// Whether a type is known here; if so, its capabilities can be asked for until curses_forget().
static inline bool curses_look_up(const char *type, int descriptor) {
  int problem = 0;
  return setupterm(type, descriptor, &problem) == OK;
}

static inline void curses_forget(void) { del_curterm(cur_term); }

// newterm() without the signal handlers it installs: those know nothing of our modes.
static inline SCREEN *curses_open(const char *type, FILE *stream) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
  enum { COUNT = sizeof numbers / sizeof *numbers };
  struct sigaction before[COUNT];
  for (int index = 0; index < COUNT; index++) sigaction(numbers[index], NULL, &before[index]);
  // Where it is not the default, ncurses leaves SIGTSTP alone at each update as well: two calls less a row.
  signal(SIGTSTP, SIG_IGN);
  SCREEN *screen = newterm(type, stream, stream);
  for (int index = 0; index < COUNT; index++) sigaction(numbers[index], &before[index], NULL);
  return screen;
}

// Declared with _GNU_SOURCE only, which would bring names of curses' own with it.
extern int memfd_create(const char *name, unsigned int flags);

// A file in memory for ncurses to write to, closed on exec; NULL with errno. On a terminal that takes
// nothing ncurses would wait without end, and without waiting it would try without end (its
// _nc_flush, lib_tputs.c).
static inline FILE *curses_file(void) {
  int descriptor = memfd_create("screen", 1);
  return descriptor < 0 ? NULL : fdopen(descriptor, "w");
}

// Whether ncurses inserts the last cell of the screen from its left neighbour's place (PutCharLR of its
// tty_update.c), for fear that writing it would scroll.
static inline bool curses_inserts_corner(void) {
  return auto_right_margin && !(enter_am_mode && exit_am_mode);
}

// Whether it would: the cursor goes on to the next row as soon as the last column is written.
static inline bool curses_wraps_at_once(void) { return auto_right_margin && !eat_newline_glitch; }

// Settings of a screen that is written to and never read from.
static inline void curses_set_up(void) {
  // The line's modes are set by CRestore: ncurses does not see the line.
  raw();
  noecho();
  nonl();
  typeahead(-1);
  idlok(stdscr, FALSE);
  idcok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  if (has_colors()) start_color();
}

// Declared for X/Open programs only. What the locale takes for the width of a code point.
extern int wcwidth(wchar_t character);
static inline int curses_width(wchar_t character) { return wcwidth(character); }

// One grapheme of at most CCHARW_MAX code points; the bottom right cell gives a meaningless error.
static inline void curses_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, attributes, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

static inline void curses_put_one(int row, int column, wchar_t character, attr_t attributes, int pair) {
  const wchar_t text[] = {character, 0};
  curses_put(row, column, text, attributes, pair);
}

static inline void curses_move(int row, int column) { move(row, column); }

// Puts everything changed on the line.
static inline void curses_update(void) {
  wnoutrefresh(stdscr);
  doupdate();
}

// Puts on the line what changed in one row, and leaves the cursor where that ends.
//
// Given several rows at once, ncurses looks for lines that it could scroll, whatever idlok() says
// (_nc_scrolln of its tty_update.c), and cells written behind its back would go along. It takes a line for
// moved where its text stood on one row before and stands on one other row now (_nc_hash_map of its
// hashmap.c): never, as long as one row changes.
static inline void curses_update_row(void) {
  leaveok(stdscr, TRUE);
  curses_update();
  leaveok(stdscr, FALSE);
}

// Forgets what is on the screen: the next update draws all of it.
static inline void curses_distrust(void) { clearok(curscr, TRUE); }

static inline void curses_blank(void) { erase(); }
