package trace

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"crmferry/importer/journal"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
	"crmferry/mapping/people"
)

// TestSieve: no record is held back that is about the contact, however its values are written.
func TestSieve(t *testing.T) {
	table := mapping.GrowContacts()
	emails := []string{"ann.b@example.com", "ANN.B@Example.com", "o'neill&co@example.com", "é@example.com", "anne-marie@example.com", ""}
	phones := []string{"+31 6 1234 5678", "06-12345678", "0031(0)612345678", "12345", "612 & 345678", ""}
	names := []string{"Ann-Marié Bee", "BEE, ann marie", "Løvstrøm ß", "lovstrom SS", "王小明", ""}
	ids := []int64{4711, 47, 0}
	pick := func(list []string) string { return list[rand.IntN(len(list))] }
	held, meant := 0, 0
	for range 20_000 {
		c := growcrm.Contact{ID: ids[rand.IntN(len(ids))], Email: pick(emails), Phone: pick(phones), LastName: pick(names)}
		key, err := json.Marshal(c.Email)
		if err != nil {
			t.Fatal(err)
		}
		id := ""
		if c.ID != 0 {
			id = fmt.Sprint(c.ID)
		}
		raw := fmt.Appendf(nil, `{"t":"intent","n":%d,"at":1795907306501,"id":"%s","key":%s,"before":%s}`, rand.IntN(9000), id, key, table.Image(c, nil))
		q := people.Ask(pick([]string{pick(emails), pick(phones), pick(names), "4711", "47"}))
		s := &search[growcrm.Contact]{table: table, question: q, sieve: newSieve(q), found: &Found{Kept: rand.IntN(2) == 0}}
		said, err := journal.Read(raw)
		if err != nil {
			t.Fatal(err)
		}
		is := q.ID() != "" && said.ID == q.ID() || q.Means(table.Known(&c)) || !s.found.Kept && q.Means(people.FromKey(said.Key))
		lets := s.sieve.lets(raw, s.found.Kept)
		if is && !lets {
			t.Fatalf("%+v holds back %s", q, raw)
		}
		if got, err := s.pick(raw); got != is || err != nil {
			t.Fatalf("%+v picks %s: %v, %v, want %v", q, raw, got, err, is)
		}
		if is {
			meant++
		}
		if !lets {
			held++
		}
	}
	if meant < 1000 || held < 1000 {
		t.Errorf("of 20,000 records %d are about the contact and %d are held back: the test or the sieve is worth nothing", meant, held)
	}
}
