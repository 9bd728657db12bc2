package cli

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestCrashCustom kills the program while it sends leads of an account that requires a custom field, and lets it go on: each lead is
// there once, with what its row says in that field.
func TestCrashCustom(t *testing.T) {
	pick := momentsToKill(t)
	const n = 60
	s, env := faulty(t, sandbox.Options{Latency: 10 * time.Millisecond, Custom: []sandbox.Custom{{Of: "leads", Name: "origin", Required: true}}}, nil)
	var b strings.Builder
	b.WriteString("Title,Status,Category,Email,Tags,Where from\n")
	for i := range n {
		fmt.Fprintf(&b, "Lead %d,New,Default,lead.%d@example.com,VIP,Fair %d\n", i, i, i)
	}
	file := putFile(t, "leads.csv", b.String())
	k := killing{crashes: 4, pick: pick, least: 100 * time.Millisecond, most: 500 * time.Millisecond, may: []failure.ExitCode{failure.ExitOK}}
	said := k.goOn(t, env, []string{"import", "growcrm/leads", file, "--yes", "--resume", "--rate", "off", "--workers", "4", "--map", "Where from=custom.origin"})
	made := map[string]int{}
	for _, e := range s.Ledger() {
		if e.Kind != "lead" {
			continue
		}
		if want := strings.Replace(e.Name, "Lead", "Fair", 1); e.Custom["origin"] != want {
			t.Errorf("%s of %s left %v in its custom fields, want %q", e.Action, e.Name, e.Custom, want)
		}
		if e.Action == "create" {
			made[e.Name]++
		}
	}
	for i := range n {
		if name := fmt.Sprint("Lead ", i); made[name] != 1 {
			t.Errorf("%s was made %d times", name, made[name])
		}
	}
	if t.Failed() {
		t.Log(said)
	}
}
