package mapping

import "crmferry/internal/cli/advice"

// worded are options of a front end that has words: those of the command line.
func worded(o MatchOptions) MatchOptions {
	o.Words = advice.Hint
	return o
}
