package failure

// ExitCode is what the process ends with. Scripts rely on it.
type ExitCode int

// The exit codes, all of them.
const (
	ExitOK      ExitCode = iota // everything done
	ExitFailed                  // the run could not be finished
	ExitUsage                   // wrong use: nothing was sent
	ExitRows                    // finished, but not every row made it
	ExitStopped                 // stopped early
	ExitLocked                  // another run holds the account
)

// Name is a word for the code, for programs.
func (c ExitCode) Name() string {
	switch c {
	case ExitOK:
		return "ok"
	case ExitUsage:
		return "usage"
	case ExitRows:
		return "rows"
	case ExitStopped:
		return "stopped"
	case ExitLocked:
		return "locked"
	}
	return "failed"
}

// ExitCodes says what each code means, for the help.
func ExitCodes() []struct {
	Code    ExitCode
	Meaning string
} {
	return []struct {
		Code    ExitCode
		Meaning string
	}{
		{ExitOK, "everything done"},
		{ExitFailed, "the run could not be finished: unreachable, wrong address, disk full"},
		{ExitUsage, "wrong use: a flag, a missing or refused key, an unreadable file, a required field without a column; nothing was sent"},
		{ExitRows, "finished, but some rows were rejected, failed or are unknown: see the report"},
		{ExitStopped, "stopped early, and can be resumed: interrupted, a key refused midway (401), a quota used up, out of reach for 15 minutes, too many failures; the report says what was done"},
		{ExitLocked, "another run holds the account's lock"},
	}
}
