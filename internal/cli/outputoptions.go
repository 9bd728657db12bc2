package cli

import (
	"github.com/spf13/pflag"
)

// outputOptions say what a file that is written may take the place of.
type outputOptions struct {
	overwrite bool
	plainCSV  bool // of reports and rejects
}

func (o *outputOptions) addTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.overwrite, "overwrite", false, "let what is written take the place of a file that is not crmferry's")
}

// addPlainTo adds the flag for the form of reports and rejects.
func (o *outputOptions) addPlainTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.plainCSV, "plain-csv", false, "write CSV reports and rejects for programs: commas, and no byte order mark")
}
