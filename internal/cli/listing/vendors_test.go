package listing

import (
	"strings"
	"testing"

	"crmferry/internal/account"
)

func TestCapabilities(t *testing.T) {
	for id, want := range map[string]struct{ documented, undocumented string }{
		"rogerroger":  {"create, update, look up, list, key check, link and create tags, segments and organizations", ""},
		"cloverhound": {"create", "create, update, list"},
	} {
		r, err := account.All().Find(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(abilities(r.Capabilities(false)), ", "); got != want.documented {
			t.Errorf("%s can %q, want %q", id, got, want.documented)
		}
		if want.undocumented == "" {
			continue
		}
		if got := strings.Join(abilities(r.Capabilities(true)), ", "); !strings.HasPrefix(got, want.undocumented) {
			t.Errorf("%s can %q with what is not documented, want %q", id, got, want.undocumented)
		}
	}
}
