//go:build linux || darwin

package http1

import (
	"net"
	"syscall"
)

// arrived reports whether anything has come by a connection that nobody has read, be it its end. It does not wait. known is
// false where that cannot be told.
func arrived(c net.Conn) (come, known bool) {
	s, ok := c.(syscall.Conn)
	if !ok {
		return false, false
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return false, false
	}
	err = raw.Read(func(fd uintptr) bool {
		var b [1]byte
		_, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK)
		come = err != syscall.EAGAIN
		return true
	})
	return come, err == nil
}
