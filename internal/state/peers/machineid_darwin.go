package peers

import "syscall"

// machineID is the kernel's name for this machine; "" if it has none.
func machineID() string {
	id, err := syscall.Sysctl("kern.uuid")
	if err != nil {
		return ""
	}
	return id
}
