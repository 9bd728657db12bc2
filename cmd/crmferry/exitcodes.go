package main

import (
	"fmt"
	"strings"
)

// exitCode is what the process ends with. Scripts rely on it.
type exitCode int

// The exit codes, all of them.
const (
	exitOK      exitCode = iota // everything done
	exitFailed                  // the run could not be finished
	exitUsage                   // wrong use: nothing was sent
	exitRows                    // finished, but not every row made it
	exitStopped                 // stopped early
	exitLocked                  // another run holds the account
)

// exitCodes says what each code means, for the help.
func exitCodes() []struct {
	Code    exitCode
	Meaning string
} {
	return []struct {
		Code    exitCode
		Meaning string
	}{
		{exitOK, "everything done"},
		{exitFailed, "the run could not be finished: unreachable, wrong address, disk full"},
		{exitUsage, "wrong use: a flag, a missing or refused key, an unreadable file, a required field without a column; nothing was sent"},
		{exitRows, "finished, but some rows were rejected, failed or are unknown: see the report"},
		{exitStopped, "stopped early, and can be resumed: interrupted, a key refused midway (401), a quota used up, out of reach for 15 minutes, too many failures; the report says what was done"},
		{exitLocked, "another run holds the account's lock"},
	}
}

func exitCodesText() string {
	var b strings.Builder
	for _, c := range exitCodes() {
		fmt.Fprintf(&b, "  %d  %s\n", c.Code, c.Meaning)
	}
	return b.String()
}
