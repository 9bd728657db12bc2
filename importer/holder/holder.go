// Package holder tells who has an address that no contact has: a vendor may refuse it for the sake of somebody whom it does not
// list among the contacts.
package holder

import (
	"context"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Of is who has the address of the first key, "" if the vendor shows nobody.
func Of(ctx context.Context, vendor any, keys []crm.Key) (string, error) {
	v, ok := vendor.(crm.HolderFinder)
	if !ok || len(keys) == 0 || keys[0].Email == "" {
		return "", nil
	}
	return v.HeldBy(ctx, keys[0].Email)
}

// Requests is how many requests asking who has an address takes, at most, beside what is asked once for all: none if the address was
// looked up before, and not only sought in a list of everybody.
func Requests(t crm.Traits, listed bool) int {
	if !listed {
		return 0
	}
	return t.HolderRequests
}

// Forecast rejects a row of a plan whose address somebody has who is no contact: the vendor would refuse to create it.
func Forecast(r *outcome.Result, who string) {
	r.Outcome, r.Action, r.Changed = outcome.Rejected, "", nil
	r.Problems = append(r.Problems, mapping.Problem{Code: crm.CodeTaken, Message: who + " has this address, so that the vendor would refuse it"})
}

// Explain says behind the vendor's refusal who has the address.
func Explain(r *outcome.Result, who string, err error) {
	last := &r.Problems[len(r.Problems)-1]
	says := "no contact holds it, and the API shows nobody else who does"
	switch {
	case err != nil:
		says = "no contact holds it; who else does could not be read: " + err.Error()
	case who != "":
		says = who + " has it"
	}
	last.Message = strings.TrimSuffix(last.Message, ".") + "; " + says
}
