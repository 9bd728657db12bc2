package terminal

import (
	"syscall"
	"unsafe"
)

// OwnConsole reports whether the window in which the process runs was opened for it alone, and closes with it: the program
// was begun by a double click, or a file was dropped on it.
func OwnConsole() bool {
	processes := make([]uint32, 2)
	list := syscall.NewLazyDLL("kernel32.dll").NewProc("GetConsoleProcessList")
	if list.Find() != nil {
		return false
	}
	n, _, _ := list.Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes)))
	return n == 1
}
