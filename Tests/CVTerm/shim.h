#pragma once
#include <pty.h>
#include <string.h>
#include <vterm.h>

// What libvterm tells by callbacks, kept as values: C callbacks from Swift would need a context
// object and a function for each.
typedef struct {
  int is_alternate;
  int is_cursor_visible;
  int mouse;
  int bells;
  char title[512];
} VTermProperties;

static inline int vterm_properties_set(VTermProp property, VTermValue *value, void *user) {
  VTermProperties *properties = (VTermProperties *)user;
  switch (property) {
    case VTERM_PROP_ALTSCREEN: properties->is_alternate = value->boolean; break;
    case VTERM_PROP_CURSORVISIBLE: properties->is_cursor_visible = value->boolean; break;
    case VTERM_PROP_MOUSE: properties->mouse = value->number; break;
    case VTERM_PROP_TITLE:
      strncpy(properties->title, value->string, sizeof properties->title - 1);
      break;
    default: break;
  }
  return 1;
}

static inline int vterm_properties_bell(void *user) {
  ((VTermProperties *)user)->bells += 1;
  return 1;
}

// libvterm keeps the callbacks' address, so they live as long as the program.
static inline void vterm_screen_watch(VTermScreen *screen, VTermProperties *properties) {
  static const VTermScreenCallbacks callbacks = {
    .settermprop = vterm_properties_set, .bell = vterm_properties_bell,
  };
  vterm_screen_set_callbacks(screen, &callbacks, properties);
}

// The tests on a colour's kind are macros, which Swift does not see.
static inline int vterm_color_is_default(const VTermColor *color) {
  return VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color);
}

static inline int vterm_color_is_indexed(const VTermColor *color) {
  return VTERM_COLOR_IS_INDEXED(color);
}
