package text

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job/export"
)

// RequestsCounted says how many requests an export takes at least.
func RequestsCounted(c export.RequestsCounted) string {
	return fmt.Sprintf("at least %s: %s are listed one by one", requestsAtPace(c), c.Resource.Name())
}

// ManyRequestsUnasked says why an export with so many requests does not begin.
func ManyRequestsUnasked(c export.RequestsCounted) (message, hint string) {
	return "it takes at least " + requestsAtPace(c) + ", and there is no terminal to ask on", "say --yes if that is meant, or narrow it with --filter"
}

// ExportQuestion asks whether an export with so many requests is meant.
func ExportQuestion(q export.Question) string {
	return fmt.Sprintf("Export %s with at least %s?", q.Resource.Name(), humanize.Count(int64(q.Requests), "request"))
}

// requestsAtPace counts requests, and says how long they take if their pace is limited.
func requestsAtPace(c export.RequestsCounted) string {
	requests := humanize.Count(int64(c.Requests), "request")
	if took := account.AtRate(c.Requests, c.Pace.Effective()); took > 0 {
		requests += fmt.Sprintf(", %s at %s", humanize.Duration(took), c.Pace.Limit)
	}
	return requests
}

// ListReread says why a list is read once more.
func ListReread(e export.ListReread) string {
	return fmt.Sprintf("%s are read again (%d of at most %d): %s", e.List, e.Try, e.Tries, e.Reason)
}

// ExportError is an error of an export in which things are called by their flags.
func ExportError(err error) error {
	var few *export.TooFewError
	var undated *export.NoChangeDateError
	switch {
	case errors.As(err, &few):
		return errors.New(tooFew(few))
	case errors.As(err, &undated):
		r := undated.Resource
		return fmt.Errorf("--since needs to know when each of the %s was changed last, and %s returns no such date", r.Name(), r.Vendor().Name)
	}
	return err
}

// tooFew says which flag refuses so few contacts.
func tooFew(e *export.TooFewError) string {
	only := "only " + humanize.Count(e.Rows, e.Noun)
	if e.MinRows > 0 {
		return fmt.Sprintf("%s, and --min-rows asks for %s: nothing was written", only, humanize.Number(e.MinRows))
	}
	return fmt.Sprintf("%s, and %s has %s: that is more than --max-shrink %s%% less; nothing was written",
		only, e.Old, humanize.Number(e.OldRows), strconv.FormatFloat(e.MaxShrink*100, 'f', -1, 64))
}

// ExportHint is the advice of an export in words, "" if it is none.
func ExportHint(advice failure.Advice) string {
	switch advice := advice.(type) {
	case export.CheckLoss:
		return "see whether the CRM has really lost so many; if so, leave the flag out for once"
	case export.RemoveOldFile:
		return "move it away, or leave --max-shrink out for once"
	case export.UsePlaceholdersInName:
		return "put {date} and {time} into the file's name only"
	case export.IncludeUnchanged:
		return "export all of them: leave --since out"
	case export.UseUndocumented:
		return fmt.Sprintf("by what the vendor does not document (%s): crmferry export %s --output %s --allow-undocumented",
			advice.Resource.Vendor().Undocumented, advice.Resource.Ref(), Quote(advice.Output))
	case export.AllowUnproven:
		return "or add --allow-unproven: what was found is written, and the summary says that it is not proven to be all"
	case export.CheckFilters:
		return "see whether there is what --filter " + strings.Join(advice.Filters, " and ") + " names"
	}
	return ""
}
