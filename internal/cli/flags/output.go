package flags

import (
	"github.com/spf13/pflag"
)

// Files say what a file that is written may take the place of.
type Files struct {
	Overwrite bool
	PlainCSV  bool // of reports and rejects
}

// AddTo declares --overwrite.
func (o *Files) AddTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.Overwrite, "overwrite", false, "let what is written take the place of a file that is not crmferry's")
}

// AddPlainTo adds the flag for the form of reports and rejects.
func (o *Files) AddPlainTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.PlainCSV, "plain-csv", false, "write CSV reports and rejects for programs: commas, and no byte order mark")
}
