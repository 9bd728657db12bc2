package cli

import (
	"github.com/spf13/pflag"

	"crmferry/internal/job"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
)

// outputOptions say what a file that is written may take the place of.
type outputOptions struct{ overwrite bool }

func (o *outputOptions) addTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.overwrite, "overwrite", false, "let what is written take the place of a file that is not crmferry's")
}

// tellOutput says which files of people's stay, or where they are now. It is said under --quiet, too: a script would go on
// with the old file, or people miss theirs.
func (a *app) tellOutput(written ...*state.Output) {
	for _, o := range written {
		a.tellOne(o)
	}
}

func (a *app) tellOne(o *state.Output) {
	why := "it is not as crmferry left it"
	if o.Unsure {
		why = "nothing here tells whether it was changed since crmferry wrote it"
	}
	switch {
	case o.Kind == state.CopyOutput:
	case o.Left != "":
		a.ui.Resultf("kept    %s as it is: %s; the new one is %s", o.Left, why, o.Path())
	case o.Kept != "":
		a.ui.Resultf("kept    %s, which was %s: %s", o.Kept, o.Path(), why)
	}
	for _, path := range o.Removed {
		a.ui.Resultf("removed %s: the newest three are kept", path)
	}
	if o.Forgot != nil && job.FormatOf(o.Path()) == sheet.CSV { // a workbook shows it by itself
		a.ui.Warnf("%s counts as changed next time: %v", o.Path(), o.Forgot)
	}
}
