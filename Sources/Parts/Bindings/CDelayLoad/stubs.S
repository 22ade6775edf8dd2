/* Linux, x86-64: each function jumps through a slot, which at first leads to `cdelay_find`. */
#if defined(__x86_64__) && defined(__linux__)

.macro library label, file
  .section .rodata
\label:
  .asciz "\file"
.endm

.macro function name, label
  .text
  .globl \name
  .hidden \name
  .type \name, @function
\name:
  jmp *slot_\name(%rip)
first_\name:
  lea slot_\name(%rip), %r11
  jmp resolve
  .size \name, . - \name
  .section .rodata
text_\name:
  .asciz "\name"
  .section .data
  .balign 8
/* struct slot of find.c */
slot_\name:
  .quad first_\name
  .quad \label
  .quad text_\name
.endm

  .text
/* Keeps every register that may hold an argument (System V ABI, AMD64, section 3.2.3; %al counts the vector
   registers of a variadic call), has the function found, and goes on there. */
resolve:
  push %rdi
  push %rsi
  push %rdx
  push %rcx
  push %r8
  push %r9
  push %rax
  sub $128, %rsp
  movaps %xmm0, (%rsp)
  movaps %xmm1, 16(%rsp)
  movaps %xmm2, 32(%rsp)
  movaps %xmm3, 48(%rsp)
  movaps %xmm4, 64(%rsp)
  movaps %xmm5, 80(%rsp)
  movaps %xmm6, 96(%rsp)
  movaps %xmm7, 112(%rsp)
  mov %r11, %rdi
  call cdelay_find
  mov %rax, %r11
  movaps (%rsp), %xmm0
  movaps 16(%rsp), %xmm1
  movaps 32(%rsp), %xmm2
  movaps 48(%rsp), %xmm3
  movaps 64(%rsp), %xmm4
  movaps 80(%rsp), %xmm5
  movaps 96(%rsp), %xmm6
  movaps 112(%rsp), %xmm7
  add $128, %rsp
  pop %rax
  pop %r9
  pop %r8
  pop %rcx
  pop %rdx
  pop %rsi
  pop %rdi
  jmp *%r11

library microhttpd, libmicrohttpd.so.12
function MHD_add_response_header, microhttpd
function MHD_create_response_from_buffer, microhttpd
function MHD_create_response_from_callback, microhttpd
function MHD_create_response_from_fd_at_offset64, microhttpd
function MHD_destroy_response, microhttpd
function MHD_get_connection_info, microhttpd
function MHD_get_connection_values_n, microhttpd
function MHD_quiesce_daemon, microhttpd
function MHD_resume_connection, microhttpd
function MHD_start_daemon, microhttpd
function MHD_stop_daemon, microhttpd
function MHD_suspend_connection, microhttpd

library curl, libcurl.so.4
function curl_easy_cleanup, curl
function curl_easy_getinfo, curl
function curl_easy_init, curl
function curl_easy_pause, curl
function curl_easy_setopt, curl
function curl_easy_strerror, curl
function curl_free, curl
function curl_global_init, curl
function curl_multi_add_handle, curl
function curl_multi_assign, curl
function curl_multi_cleanup, curl
function curl_multi_info_read, curl
function curl_multi_init, curl
function curl_multi_remove_handle, curl
function curl_multi_setopt, curl
function curl_multi_socket_action, curl
function curl_slist_append, curl
function curl_slist_free_all, curl
function curl_url, curl
function curl_url_cleanup, curl
function curl_url_get, curl
function curl_url_set, curl

library cairo, libcairo.so.2
function cairo_arc, cairo
function cairo_clip, cairo
function cairo_close_path, cairo
function cairo_create, cairo
function cairo_curve_to, cairo
function cairo_destroy, cairo
function cairo_fill, cairo
function cairo_get_source, cairo
function cairo_image_surface_create, cairo
function cairo_image_surface_get_data, cairo
function cairo_image_surface_get_stride, cairo
function cairo_line_to, cairo
function cairo_move_to, cairo
function cairo_new_path, cairo
function cairo_new_sub_path, cairo
function cairo_paint, cairo
function cairo_paint_with_alpha, cairo
function cairo_pattern_add_color_stop_rgba, cairo
function cairo_pattern_create_linear, cairo
function cairo_pattern_create_radial, cairo
function cairo_pattern_destroy, cairo
function cairo_pattern_set_extend, cairo
function cairo_pattern_set_filter, cairo
function cairo_restore, cairo
function cairo_rotate, cairo
function cairo_save, cairo
function cairo_scale, cairo
function cairo_select_font_face, cairo
function cairo_set_font_size, cairo
function cairo_set_line_cap, cairo
function cairo_set_line_join, cairo
function cairo_set_line_width, cairo
function cairo_set_operator, cairo
function cairo_set_source, cairo
function cairo_set_source_rgba, cairo
function cairo_set_source_surface, cairo
function cairo_show_text, cairo
function cairo_status, cairo
function cairo_stroke, cairo
function cairo_surface_destroy, cairo
function cairo_surface_flush, cairo
function cairo_surface_mark_dirty, cairo
function cairo_surface_status, cairo
function cairo_text_extents, cairo
function cairo_translate, cairo

library chafa, libchafa.so.0
function chafa_canvas_config_new, chafa
function chafa_canvas_config_set_canvas_mode, chafa
function chafa_canvas_config_set_dither_mode, chafa
function chafa_canvas_config_set_geometry, chafa
function chafa_canvas_config_set_pixel_mode, chafa
function chafa_canvas_config_set_symbol_map, chafa
function chafa_canvas_config_set_work_factor, chafa
function chafa_canvas_config_unref, chafa
function chafa_canvas_draw_all_pixels, chafa
function chafa_canvas_get_char_at, chafa
function chafa_canvas_get_raw_colors_at, chafa
function chafa_canvas_new, chafa
function chafa_canvas_unref, chafa
function chafa_set_n_threads, chafa
function chafa_symbol_map_add_by_tags, chafa
function chafa_symbol_map_new, chafa
function chafa_symbol_map_unref, chafa

library pixbuf, libgdk_pixbuf-2.0.so.0
function gdk_pixbuf_add_alpha, pixbuf
function gdk_pixbuf_apply_embedded_orientation, pixbuf
function gdk_pixbuf_get_has_alpha, pixbuf
function gdk_pixbuf_get_height, pixbuf
function gdk_pixbuf_get_rowstride, pixbuf
function gdk_pixbuf_get_width, pixbuf
function gdk_pixbuf_loader_close, pixbuf
function gdk_pixbuf_loader_get_pixbuf, pixbuf
function gdk_pixbuf_loader_new_with_type, pixbuf
function gdk_pixbuf_loader_set_size, pixbuf
function gdk_pixbuf_loader_write, pixbuf
function gdk_pixbuf_new_from_data, pixbuf
function gdk_pixbuf_read_pixels, pixbuf
function gdk_pixbuf_save_to_bufferv, pixbuf
function gdk_pixbuf_scale_simple, pixbuf

library gobject, libgobject-2.0.so.0
function g_object_ref, gobject
function g_object_unref, gobject

library glib, libglib-2.0.so.0
function g_error_free, glib
function g_file_test, glib
function g_free, glib
function g_strdup, glib

library brotli, libbrotlidec.so.1
function BrotliDecoderCreateInstance, brotli
function BrotliDecoderDecompressStream, brotli
function BrotliDecoderDestroyInstance, brotli

library zstd, libzstd.so.1
function ZSTD_createDStream, zstd
function ZSTD_decompressStream, zstd
function ZSTD_freeDStream, zstd
function ZSTD_isError, zstd

#endif
  .section .note.GNU-stack, "", @progbits
