// Package peers holds what the commands of one account share on this machine: its lock, and the pause that the vendor asks for.
package peers
