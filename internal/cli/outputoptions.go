package cli

import (
	"github.com/spf13/pflag"
)

// outputOptions say what a file that is written may take the place of.
type outputOptions struct{ overwrite bool }

func (o *outputOptions) addTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.overwrite, "overwrite", false, "let what is written take the place of a file that is not crmferry's")
}
