//go:build unix

package peers

import (
	"io/fs"
	"runtime"
	"syscall"
)

// careful opens a file of a folder that others can write: no link is followed, and no pipe waited for.
const careful = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// MachineFolders are the folders for locks that all users of this machine share, the most suitable first.
func MachineFolders() []string {
	const temporary = "/tmp/crmferry-locks" // whatever $TMPDIR says: it may differ between users
	if runtime.GOOS == "linux" {
		return []string{"/run/lock/crmferry", temporary}
	}
	return []string{temporary}
}

// linkCount is how many names a file has.
func linkCount(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink)
	}
	return 1
}
