package account

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
)

func TestConnectionExplains(t *testing.T) {
	refused := func(class crm.Class, status int) error {
		return fmt.Errorf("plan: %w", &crm.Error{Op: "list contacts", Class: class, Message: "no", Meta: crm.Meta{Status: status}})
	}
	tomorrow := time.Now().AddDate(0, 0, 1).Truncate(time.Minute)
	tests := []struct {
		name     string
		err      error
		answered bool
		code     failure.ExitCode
		message  string
		hint     string
	}{
		{"wrong key", refused(crm.Unauthorized, 401), false, failure.ExitStopped, "Acme refuses the key: plan: list contacts: 401 no",
			"check CRMFERRY_ACME_KEY; keys are made in Acme under Settings > Keys"},
		{"weak key", refused(crm.Forbidden, 403), true, failure.ExitStopped, "Acme does not let this key do that", "check what the key of CRMFERRY_ACME_KEY may do"},
		{"unreachable", refused(crm.NothingSent, 0), false, failure.ExitFailed, `reach "crm.example.com": plan: list contacts: no`, "check the network and CRMFERRY_ACME_URL"},
		{"out of reach later", refused(crm.NothingSent, 0), true, failure.ExitFailed, `reach "crm.example.com": plan: list contacts: no`, "check the network and CRMFERRY_ACME_URL"},
		{"web page", refused(crm.WrongServer, 200), true, failure.ExitFailed, "list contacts: 200 no", `"https://crm.example.com/api" may not be the address of Acme's API`},
		{"first answer is 404", refused(crm.Permanent, 404), false, failure.ExitFailed, "list contacts: 404 no", "set CRMFERRY_ACME_URL (https://YOUR-DOMAIN/api)"},
		{"later 404", refused(crm.Permanent, 404), true, failure.ExitFailed, "list contacts: 404 no", ""},
		{"busy", refused(crm.RateLimited, 429), true, failure.ExitFailed, "list contacts: 429 no", "try again later"},
		{"quota used up", &crm.Error{Op: "list contacts", Class: crm.RateLimited, Message: "no", Meta: crm.Meta{Status: 429}, Until: tomorrow}, false,
			failure.ExitStopped, "Acme takes no more requests until " + tomorrow.Format("2006-01-02 15:04") + ": list contacts: 429 no", "come back after " + tomorrow.Format("2006-01-02 15:04")},
		{"closed for hours", &crm.Error{Op: "create contact", Class: crm.Ambiguous, Message: "no", Meta: crm.Meta{Status: 503}, Until: tomorrow}, true,
			failure.ExitStopped, "Acme takes no more requests until " + tomorrow.Format("2006-01-02 15:04"), "come back after "},
		{"down", refused(crm.Transient, 502), true, failure.ExitFailed, "list contacts: 502 no", "try again later"},
		{"not of the vendor", errors.New("disk on fire"), true, failure.ExitFailed, "disk on fire", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base, _ := url.Parse("https://crm.example.com/api")
			c := &Connection{settings: settings{place: place{Account{Vendor: testVendor()}, Environment}, base: base}}
			c.answered.Store(tt.answered)
			f := hinted(c.Explain(tt.err))
			if f.Code != tt.code || len(f.Hints) > 1 || (tt.hint == "") != (len(f.Hints) == 0) {
				t.Fatalf("explain = code %d, %q, hints %q", f.Code, f, f.Hints)
			}
			wantLines(t, "error", f.Error(), tt.message)
			if tt.hint != "" {
				wantLines(t, "hint", f.Hints[0], tt.hint)
				if tt.answered && strings.Contains(f.Hints[0], "nothing was sent") {
					t.Errorf("hint %q after something was", f.Hints[0])
				}
			}
		})
	}
}

// hinted is an error whose advice is all hints.
func hinted(err error) *failure.Error {
	a := failure.Advise(err)
	f := &failure.Error{Code: a.Code, Err: a.Err}
	for _, advice := range a.Advice {
		f.Hints = append(f.Hints, fmt.Sprint(advice))
	}
	return f
}
