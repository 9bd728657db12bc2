package holder

import (
	"context"
	"errors"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// office is a vendor whose team has one member.
type office struct{}

func (office) HeldBy(_ context.Context, email string) (string, error) {
	if email == "team@example.com" {
		return "Ann Sample, a member of the team,", nil
	}
	return "", nil
}

func TestOf(t *testing.T) {
	const who = "Ann Sample, a member of the team,"
	for _, tt := range []struct {
		name   string
		vendor any
		keys   []crm.Key
		want   string
	}{
		{"a member", office{}, []crm.Key{{Email: "team@example.com"}}, who},
		{"nobody", office{}, []crm.Key{{Email: "new@example.com"}}, ""},
		{"no address", office{}, []crm.Key{{Phone: "15550100", Name: "ann"}}, ""},
		{"no key", office{}, nil, ""},
		{"a vendor that lists nobody else", struct{}{}, []crm.Key{{Email: "team@example.com"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := Of(t.Context(), tt.vendor, tt.keys); got != tt.want || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// TestRequests: only an address that was sought in a list of everybody is asked for by itself.
func TestRequests(t *testing.T) {
	each := crm.Traits{HolderRequests: 1}
	if n := [...]int{Requests(each, true), Requests(each, false), Requests(crm.Traits{}, true)}; n != [...]int{1, 0, 0} {
		t.Error(n)
	}
}

func TestExplain(t *testing.T) {
	refused := mapping.Problem{Code: crm.CodeTaken, Message: "email: has already been taken."}
	for _, tt := range []struct {
		name, who string
		err       error
		want      string
	}{
		{"a member", "Ann Sample, a member of the team,", nil, "email: has already been taken; Ann Sample, a member of the team, has it"},
		{"nobody", "", nil, "email: has already been taken; no contact holds it, and the API shows nobody else who does"},
		{"not read", "", &crm.Error{Op: "list the team", Meta: crm.Meta{Status: 503}}, "email: has already been taken; no contact holds it; who else does could not be read: list the team: 503"},
		{"interrupted", "", errors.New("ended"), "email: has already been taken; no contact holds it; who else does could not be read: ended"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &outcome.Result{Problems: []mapping.Problem{refused}}
			if Explain(r, tt.who, tt.err); r.Message() != tt.want {
				t.Error(r.Message())
			}
		})
	}
}

func TestForecast(t *testing.T) {
	r := &outcome.Result{Action: outcome.ActionCreate, Changed: crm.Fields{"email"}}
	if Forecast(r, "Ann Sample"); r.Outcome != outcome.Rejected || r.Codes() != crm.CodeTaken || r.Changed != nil {
		t.Errorf("%+v", r)
	}
}
