import Glibc

/// Makes the C library count characters as UTF-8, which is what terminals are sent, also where the
/// locale was left unset or names an older encoding. Only LC_CTYPE is touched.
func useUTF8() {
  unsafe setlocale(LC_CTYPE, "")
  let encoding = unsafe nl_langinfo(nl_item(CODESET)).map { unsafe String(cString: $0) }
  if encoding != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
}

/// Stops this job until the shell continues it: the whole process group, as the line discipline does
/// for Control-Z (setpgid(2)). In a group nobody would continue the kernel ignores it.
func stopOwnJob() {
  var stop = sigset_t()
  var before = sigset_t()
  unsafe sigemptyset(&stop)
  unsafe sigaddset(&stop, SIGTSTP)
  unsafe pthread_sigmask(SIG_UNBLOCK, &stop, &before)
  kill(0, SIGTSTP)
  unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
}
