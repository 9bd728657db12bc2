package job

import (
	"net/http"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// Env is what jobs take from the world.
type Env struct {
	Lookup         account.Lookup // variables of the environment
	Now            func() time.Time
	Args           []string          // of the command, for the record of the run
	Command        string            // the same for people: others read it who wait for the lock
	UserAgent      string            // how crmferry names itself to vendors, and in workbooks
	SettingsAdvice string            // what to do where an account's settings are missing, beside setting them
	Locks          []string          // folders for locks that all users of this machine share; none: no such locks
	Network        http.RoundTripper // nil: the real one
	Settle         time.Duration     // how long "not found" must hold after a lost answer,
	Late           time.Duration     // for how long a resumed run reckons with requests of the session before, and
	Backoff        time.Duration     // the first pause before another try; 0 for the importer's own
	Patience       time.Duration     // how long a vendor that is away is waited for at the start and by exports; 0 for a few tries
}

// Runner runs jobs for one front end.
type Runner struct {
	Env
	Observer
}

// Output is a file that is about to be written for people: see NewOutput.
func (e *Env) Output(kind state.OutputKind, path string, overwrite bool, columns ...mapping.ExportColumn) (*state.Output, error) {
	return files.NewOutput(e.Lookup, e.Now, kind, path, overwrite, columns...)
}
