#include "CPosix.h"

bool cposix_escapes_slashes_only(const uint8_t *bytes, size_t count) {
  if (count == 0) return true;
  if (bytes[0] == '/' || bytes[count - 1] == '\\') return false;
  for (size_t start = 0; start < count - 1;) {
    size_t rest = count - 1 - start;
    size_t end = start + (rest < 4096 ? rest : 4096);
    // Without a way out of the loop, the compiler looks at many bytes at once.
    uint8_t other = 0;
    for (; start < end; start++) other |= (bytes[start] == '\\') ^ (bytes[start + 1] == '/');
    if (other) return false;
  }
  return true;
}

#if defined(__x86_64__)
__attribute__((target_clones("avx2", "default")))
#endif
bool cposix_is_unbroken(const uint8_t *bytes, size_t count, bool *has_backslash) {
  uint8_t backslash = 0;
  for (size_t start = 0; start < count;) {
    size_t end = count - start < 4096 ? count : start + 4096;
    uint8_t other = 0;
    for (; start < end; start++) {
      uint8_t byte = bytes[start];
      other |= (byte < '+') | (byte == ',') | ((uint8_t)(byte - ':') < 7);
      backslash |= byte == '\\';
    }
    if (other) return false;
  }
  *has_backslash = backslash != 0;
  return true;
}
