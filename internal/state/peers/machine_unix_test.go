//go:build unix

package peers

import "syscall"

func makePipe(path string) error { return syscall.Mkfifo(path, 0o666) }
