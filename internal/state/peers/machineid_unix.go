//go:build unix && !darwin

package peers

import (
	"os"
	"strings"
)

// machineID is what the system keeps as its id; "" if it keeps none.
func machineID() string {
	return firstLine("/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostid")
}

// firstLine is the first line of the first of these files that has one.
func firstLine(paths ...string) string {
	for _, path := range paths {
		data, _ := os.ReadFile(path)
		if line, _, _ := strings.Cut(strings.TrimSpace(string(data)), "\n"); line != "" {
			return line
		}
	}
	return ""
}
