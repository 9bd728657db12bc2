package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"crmferry/exporter"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// explainExport adds to what ended an export the flags that help.
func explainExport(err error, q *exportRequest) error {
	var few *tooFewError
	var old *oldFileError
	var incomplete *exporter.IncompleteError
	r := q.Resource
	switch {
	case errors.As(err, &few):
		return failure.New(failure.ExitFailed, errors.New(tooFewText(few)), "see whether the CRM has really lost contacts; if so, leave the flag out for once")
	case errors.As(err, &old):
		return failure.New(failure.ExitUsage, err, "move it away, or leave --max-shrink out for once")
	case errors.Is(err, exporter.ErrNoList):
		return failure.New(failure.ExitUsage, fmt.Errorf("%s documents no list of its %s: they cannot be exported", r.Vendor().Name, r.Name()), noListHints(q)...)
	case errors.Is(err, exporter.ErrNoChangeDate):
		return failure.Usage("export all of them: leave --since out",
			"--since needs to know when each of the %s was changed last, and %s returns no such date", r.Name(), r.Vendor().Name)
	case errors.As(err, &incomplete) && incomplete.Unproven:
		return withHints(err, "or add --allow-unproven: what was found is written, and the summary says that it is not proven to be all")
	case len(q.Query.Filters) > 0 && isMissing(err):
		return withHints(err, "see whether there is what --filter "+strings.Join(q.Record.Filters, " and ")+" names")
	}
	return err
}

// withHints adds hints to those of an error.
func withHints(err error, hints ...string) error {
	f := failure.Explain(err)
	return failure.New(f.Code, f.Err, append(f.Hints, hints...)...)
}

// tooFewText says which flag refuses so few contacts.
func tooFewText(e *tooFewError) string {
	only := "only " + humanize.Count(e.Rows, "contact")
	if e.MinRows > 0 {
		return fmt.Sprintf("%s, and --min-rows asks for %s: nothing was written", only, humanize.Number(e.MinRows))
	}
	return fmt.Sprintf("%s, and %s has %s: that is more than --max-shrink %s%% less; nothing was written",
		only, e.Old, humanize.Number(e.OldRows), strconv.FormatFloat(e.MaxShrink*100, 'f', -1, 64))
}

// noListHints say how a resource is exported whose list the vendor does not document.
func noListHints(q *exportRequest) []string {
	v := q.Resource.Vendor()
	if v.Undocumented == "" {
		return nil
	}
	return []string{fmt.Sprintf("by what the vendor does not document (%s): crmferry export %s --output %s --allow-undocumented",
		v.Undocumented, q.Resource.ID(), text.Quote(q.File.Name))}
}
