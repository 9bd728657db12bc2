package cli

import (
	"net/http"
	"os"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/memory"
	"crmferry/internal/cli/text"
	"crmferry/internal/state/peers"
	"crmferry/internal/terminal"
)

// app is what commands share. Nothing in it costs anything before a command asks for it.
type app struct {
	ui        *terminal.UI
	env       account.Lookup
	environ   func() []string // lists what env looks up, as os.Environ does
	registry  *account.Registry
	now       func() time.Time
	args      []string          // as given
	said      any               // what the command has to say to programs, printed when it ends (--json)
	unhelped  error             // of --help for no command
	locks     []string          // folders for locks that all users of this machine share; none: no such locks
	network   http.RoundTripper // nil: the real one
	ownWindow bool              // which closes when the process ends
	owner     bool              // of its process: the runtime's limits are the program's to set
	settle    time.Duration     // how long "not found" must hold after a lost answer,
	late      time.Duration     // for how long a resumed run reckons with requests of the session before, and
	backoff   time.Duration     // the first pause before another try; 0 for the importer's own
	patience  time.Duration     // how long a vendor that is away is waited for; 0 for a few tries
}

// patience is how long a vendor that is away is waited for.
const patience = 15 * time.Minute

// newApp is the program as people run it.
func newApp(in, out, err *os.File) *app {
	return &app{
		ui:        terminal.New(in, out, err, os.LookupEnv),
		env:       os.LookupEnv,
		environ:   os.Environ,
		registry:  account.All(),
		now:       time.Now,
		locks:     peers.MachineFolders(),
		patience:  patience,
		owner:     true,
		ownWindow: terminal.OwnConsole(),
	}
}

// command is the command as it was given. No flag takes a secret.
func (a *app) command() string { return text.CommandLine(a.args...) }

// complete is where the shell's completions come from.
func (a *app) complete() *complete.Source {
	return &complete.Source{Registry: a.registry, Lookup: a.env, Environ: a.environ}
}

// tuneMemory sets the limits of the runtime. In a process that does other things beside, tests for one, they would be the limits
// of those too.
func (a *app) tuneMemory() {
	if a.owner {
		memory.Tune(a.env)
	}
}

// allowMemory raises the limit by what the ids of so many contacts take.
func (a *app) allowMemory(contacts int) {
	if a.owner {
		memory.Allow(a.env, contacts)
	}
}
