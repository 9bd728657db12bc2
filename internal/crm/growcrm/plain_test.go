package growcrm

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlainAndLenient: what is read into plain types is what would have been read leniently.
func TestPlainAndLenient(t *testing.T) {
	for name, data := range map[string]string{
		"the documented contact": `[` + jane + `]`,
		"nulls":                  `[{"id": 1, "phone": null, "job_position": null, "client": null, "role": null, "social": null, "dates": null}]`,
		"nothing else":           `[{"id": 1}]`,
		"nobody":                 `[]`,
		"no list":                `null`,
		"texts as ids":           `[{"id": "7", "client": {"id": "12", "company_name": "Acme"}}]`,
		"numbers":                `[{"id": 7, "phone": 15125550100}]`,
		"empty objects":          `[{"id": 7, "client": [], "social": "", "dates": []}]`,
	} {
		t.Run(name, func(t *testing.T) {
			body := []byte(`{"data": ` + data + `, "meta": {"total": 1, "last_page": 3}}`)
			var p contactsPage
			if err := p.Decode(body); err != nil {
				t.Fatal(err)
			}
			got, odd := p.page(1), p.Mismatch()
			var lenient pageOf[contactJSON]
			if err := json.Unmarshal(body, &lenient); err != nil {
				t.Fatal(err)
			}
			want, wantOdd := readPage(&lenient, 1, (*contactJSON).contact), lenient.Mismatch()
			if diff := cmp.Diff(want, got); diff != "" || odd != wantOdd {
				t.Errorf("%q, want %q (-want +got):\n%s", odd, wantOdd, diff)
			}
			byHand := slices.Contains([]string{"texts as ids", "numbers", "empty objects"}, name)
			if (p.lenient != nil) != byHand {
				t.Errorf("read leniently: %v", p.lenient != nil)
			}
		})
	}
}

func BenchmarkDecodePage(b *testing.B) {
	body := []byte(`{"data": [` + strings.Join(slices.Repeat([]string{jane}, pageSize), ",") + `], "meta": {"total": 100, "last_page": 1}}`)
	odd := []byte(strings.Replace(string(body), `"total": 100`, `"total": "100"`, 1))
	for name, body := range map[string][]byte{"plain": body, "lenient": odd} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				var p contactsPage
				if err := p.Decode(body); err != nil {
					b.Fatal(err)
				}
				if page, odd := p.page(1), p.Mismatch(); odd != "" || len(page.Items) != pageSize {
					b.Fatal(len(page.Items), odd)
				}
			}
		})
	}
}
