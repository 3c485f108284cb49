/** Error numbers of Linux. A kernel call that fails returns one of them, below 0; `library/failure.py` has their words. */
export const Errno = {
  ENOENT: -2,
  EBADF: -9,
  ECHILD: -10,
  EAGAIN: -11,
  ENOMEM: -12,
  EEXIST: -17,
  EINVAL: -22,
  ENFILE: -23,
  EMFILE: -24,
  ENOSPC: -28,
  EPIPE: -32,
  ENOTSOCK: -88,
  EADDRINUSE: -98,
  EISCONN: -106,
  ENOTCONN: -107,
  ECONNREFUSED: -111,
} as const;
