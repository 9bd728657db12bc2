package cli

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// drawnField is a column of a file of chance.
type drawnField struct {
	name   string
	draw   func(pick *rand.Rand) string
	clears bool // by the clear token
	list   bool
}

func drawnWord(prefix string) func(*rand.Rand) string {
	return func(pick *rand.Rand) string { return fmt.Sprintf("%s %d", prefix, pick.IntN(6)) }
}

func drawnPhone(pick *rand.Rand) string { return fmt.Sprintf("+1303555%04d", 100+pick.IntN(100)) }

func drawnOf(values ...string) func(*rand.Rand) string {
	return func(pick *rand.Rand) string { return values[pick.IntN(len(values))] }
}

// drawnFields are what is written to a vendor, beside names and addresses.
func drawnFields(vendor string) []drawnField {
	word := func(name string) drawnField { return drawnField{name, drawnWord(name), true, false} }
	switch vendor {
	case "growcrm":
		return []drawnField{{"phone", drawnPhone, true, false}, word("position"), {"account_owner", drawnOf("yes", "", ""), false, false}}
	case "clientcommander":
		return []drawnField{{"phone", drawnPhone, false, false}, word("source"), {"stage", drawnOf("Lead", "Showing", "Closed"), false, false},
			{"price", drawnOf("100000", "250000.5"), false, false}, word("timeframe"), word("background"),
			{"tags", drawnOf("VIP", "Hot Lead, Partner", "Fair", "Fair, VIP"), false, false}, {"street", drawnWord("Street"), true, false},
			{"city", drawnOf("Austin", "Denver"), true, false}, {"zipCode", drawnOf("78701", "80202"), false, false}}
	case "rogerroger":
		return []drawnField{{"phoneNumbers", drawnPhone, true, true}, word("jobTitle"), word("initials"), word("customerId"), word("externalSource"),
			{"tags", drawnOf("VIP", "Hot Lead; Partner", "Fair", "Fair; Trade"), true, true}, {"segments", drawnOf("Customers", "Prospects", "Fair visitors"), true, true},
			{"organizations", drawnOf("Acme Inc", "Fjord Shipping", "Fjell Shipping"), true, true}, word("address.street"), word("address.city"),
			{"address.country", drawnOf("NL", "BE"), true, false}, {"isTracked", drawnOf("yes", "no"), true, false},
			{"archivedAt", drawnOf("2026-01-02", "", ""), true, false}}
	}
	return []drawnField{word("description"), {"contact_phones_attributes", drawnPhone, true, true}}
}

// nameFields are those of first and last name, and of the address.
func nameFields(vendor string) (names []string, email string) {
	switch vendor {
	case "growcrm":
		return []string{"first_name", "last_name"}, "email"
	case "clientcommander":
		return []string{"firstName", "lastName"}, "email"
	case "rogerroger":
		return []string{"givenName", "familyName"}, "emailAddresses"
	}
	return []string{"full_name"}, "email"
}

const clearToken = "#CLEAR"

// drawFile writes a file of chance about some of the contacts that a CRM holds and some newcomers, and returns the flags
// that it is imported with.
func drawFile(t *testing.T, path, vendor, mode string, crm crmState, pick *rand.Rand) (flags []string) {
	t.Helper()
	ids := slices.Sorted(maps.Keys(crm))
	pick.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	known := ids[:min(len(ids), 6+pick.IntN(8))]
	if mode == remove {
		records := [][]string{{"id"}}
		for _, id := range known {
			records = append(records, []string{id})
		}
		writeRecords(t, path, records)
		flags = []string{"--mode", "delete", "--confirm", fmt.Sprint(len(known))}
		if vendor == "rogerroger" {
			flags = append(flags, "--allow-undocumented")
		}
		return flags
	}
	byID := mode != create && mode != special && pick.IntN(3) == 0
	flags = drawFlags(vendor, mode, byID, pick)
	names, email := nameFields(vendor)
	fields := slices.DeleteFunc(drawnFields(vendor), func(drawnField) bool { return pick.IntN(4) == 0 })
	header := append([]string{"id", email}, names...)
	if vendor == "growcrm" {
		header = append(header, "clientid")
	}
	for _, f := range fields {
		header = append(header, f.name)
		if f.list && pick.IntN(3) == 0 {
			flags = append(flags, "--replace", f.name)
		}
	}
	records := [][]string{header}
	add := func(id string, c contactState, n int) {
		address := c.email()
		if c == nil {
			address = fmt.Sprintf("new.%d@example.com", n)
		} else if id != "" && pick.IntN(3) == 0 {
			address = fmt.Sprintf("moved.%d@example.com", n)
		}
		record := []string{id, address}
		for _, name := range names {
			switch v := c.text(name); {
			case c == nil || pick.IntN(6) == 0:
				record = append(record, fmt.Sprintf("Name%d", pick.IntN(50)))
			default:
				record = append(record, v)
			}
		}
		if vendor == "growcrm" {
			client := c.text("client.id")
			if c == nil {
				if client = fmt.Sprint(1 + pick.IntN(12)); slices.Contains(flags, "clients") && pick.IntN(3) == 0 {
					client = drawnOf("Fjell Shipping", "Gouden Leeuw")(pick)
				}
			}
			record = append(record, client)
		}
		for _, f := range fields {
			switch {
			case pick.IntN(3) == 0:
				record = append(record, "")
			case f.clears && c != nil && pick.IntN(5) == 0:
				record = append(record, clearToken)
			default:
				record = append(record, f.draw(pick))
			}
		}
		records = append(records, record)
	}
	for i, id := range known {
		c := crm[id]
		switch {
		case byID && pick.IntN(5) > 0:
			add(id, c, i)
		case c.email() != "" && !strings.Contains(c.email(), "twice"):
			add("", c, i)
		}
	}
	for i := range 4 + pick.IntN(8) {
		add("", nil, i)
	}
	pick.Shuffle(len(records)-1, func(i, j int) { records[i+1], records[j+1] = records[j+1], records[i+1] })
	writeRecords(t, path, records)
	return flags
}

// drawFlags are the flags of an import.
func drawFlags(vendor, mode string, byID bool, pick *rand.Rand) []string {
	flags := []string{"--mode", mode, "--clear-token", clearToken, "--match", map[bool]string{true: "id", false: "email"}[byID]}
	if mode == special {
		flags = append(flags[2:], "--allow-undocumented")
	}
	if byID {
		flags = append(flags, "--accept", "id_mismatch")
	}
	switch {
	case vendor == "clientcommander" && pick.IntN(3) > 0:
		flags = append(flags, "--lookup")
	case vendor == "growcrm" && mode != update:
		flags = append(flags, "--create-missing", "clients")
	case vendor == "rogerroger":
		flags = append(flags, "--create-missing", "tags,segments,organizations")
	}
	return flags
}

func writeRecords(t *testing.T, path string, records [][]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := csv.NewWriter(f).WriteAll(records); err != nil {
		t.Fatal(err)
	}
}
