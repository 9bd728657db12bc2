package peers

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"unsafe"
)

// careful opens a file of a folder that others can write. On Windows only administrators can make links.
const careful = 0

// MachineFolders are the folders for locks that all users of this machine share, the most suitable first.
func MachineFolders() []string {
	dir := os.Getenv("ProgramData")
	if !filepath.IsAbs(dir) {
		dir = `C:\ProgramData`
	}
	return []string{filepath.Join(dir, "crmferry")}
}

// linkCount is how many names a file has, as far as Windows tells.
func linkCount(fs.FileInfo) uint64 { return 1 }

// view64 makes programs of 32 bits see the registry of the machine, not one of their own.
const view64 = 0x0100

// machineID is what Windows calls MachineGuid; "" if it cannot be read.
func machineID() string {
	path, _ := syscall.UTF16PtrFromString(`SOFTWARE\Microsoft\Cryptography`)
	value, _ := syscall.UTF16PtrFromString("MachineGuid")
	var key syscall.Handle
	if err := syscall.RegOpenKeyEx(syscall.HKEY_LOCAL_MACHINE, path, 0, syscall.KEY_READ|view64, &key); err != nil {
		return ""
	}
	defer syscall.RegCloseKey(key)
	var text [64]uint16
	size := uint32(len(text)) * 2
	if err := syscall.RegQueryValueEx(key, value, nil, nil, (*byte)(unsafe.Pointer(&text[0])), &size); err != nil {
		return ""
	}
	return syscall.UTF16ToString(text[:])
}
