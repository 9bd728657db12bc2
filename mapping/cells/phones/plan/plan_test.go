package plan

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// The library is asked the same of every number, which takes it most of the time of these tests. The long way:
//
//	go test ./mapping/cells/phones/plan -run 'Examples|Random' -numbers 100000 -timeout 3h
var numbers = flag.Int("numbers", 100, "random numbers to read in every country; with 100,000 the examples are read in several countries, too")

// compare compares all that is said of a number as it is dialled in a country with what the library says.
func compare(t *testing.T, p *Plans, text, country string) {
	t.Helper()
	want, err := phonenumbers.Parse(text, country)
	got, ok := p.Parse(text, country)
	if ok != (err == nil) {
		t.Fatalf("%q in %q: %v, want error %v", text, country, ok, err)
	}
	if !ok {
		return
	}
	if e164 := phonenumbers.Format(want, phonenumbers.E164); got.E164 != e164 || got.Code != int(want.GetCountryCode()) {
		t.Fatalf("%q in %q: %s (%d), want %s", text, country, got.E164, got.Code, e164)
	}
	if inRange := phonenumbers.IsValidNumber(want); p.IsInRange(&got) != inRange {
		t.Fatalf("%q in %q: in range is not %v", text, country, inRange)
	}
	if of := phonenumbers.GetRegionCodeForNumber(want); p.CountryOf(&got) != of {
		t.Fatalf("%q in %q: of %q, want %q", text, country, p.CountryOf(&got), of)
	}
	if length := phonenumbers.IsPossibleNumberWithReason(want); p.Length(&got) != length {
		t.Fatalf("%q in %q: length %v, want %v", text, country, p.Length(&got), length)
	}
	if isOf := phonenumbers.IsValidNumberForRegion(want, country); p.IsOf(&got, country) != isOf {
		t.Fatalf("%q in %q: of the country is not %v", text, country, isOf)
	}
}

func countries() []string {
	var all []string
	for id := range phonenumbers.GetSupportedRegions() {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// TestCompiled: no country is left to the library.
func TestCompiled(t *testing.T) {
	var p Plans
	nodes, most := 0, ""
	all := countries()
	for _, id := range all {
		c := p.country(id, 0)
		if c == nil || c.library {
			t.Errorf("%s is not compiled", id)
			continue
		}
		of := len(c.numbers.nodes) + len(c.idd.nodes) + len(c.national.nodes)
		if nodes += of; of > 1500 {
			most += fmt.Sprintf(" %s %d", id, of)
		}
	}
	for code := range phonenumbers.GetSupportedGlobalNetworkCallingCodes() {
		if c := p.country(world, code); c == nil || c.library {
			t.Errorf("+%d is not compiled", code)
		}
	}
	t.Logf("%d countries have %d nodes; the largest:%s", len(all), nodes, most)
}

// TestExamples: the examples of the library, of every kind and in all spellings.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine reads them; TestRandom reads some of every country")
	}
	var p Plans
	var others []string
	if *numbers >= 100_000 {
		others = []string{"", "US", "GB", "NL", "IT", "AR", "BR", "CA"}
	}
	for _, id := range countries() {
		for kind := phonenumbers.FIXED_LINE; kind <= phonenumbers.VOICEMAIL; kind++ {
			n := phonenumbers.GetExampleNumberForType(id, kind)
			if n == nil {
				continue
			}
			all := spellings(n)
			if kind > phonenumbers.MOBILE && others == nil {
				all = all[:len(all)/4]
			}
			for _, text := range all {
				for _, in := range append(others, id) {
					compare(t, &p, text, in)
				}
			}
		}
	}
	for code := range phonenumbers.GetSupportedGlobalNetworkCallingCodes() {
		if n := phonenumbers.GetExampleNumberForNonGeoEntity(code); n != nil {
			for _, text := range spellings(n) {
				compare(t, &p, text, "NL")
			}
		}
	}
}

// spellings are the ways in which people write a number.
func spellings(n *phonenumbers.PhoneNumber) []string {
	all := []string{}
	national := phonenumbers.GetNationalSignificantNumber(n)
	for _, s := range []string{
		phonenumbers.Format(n, phonenumbers.E164), phonenumbers.Format(n, phonenumbers.INTERNATIONAL), phonenumbers.Format(n, phonenumbers.NATIONAL),
		phonenumbers.Format(n, phonenumbers.RFC3966), phonenumbers.FormatOutOfCountryCallingNumber(n, "US"), phonenumbers.FormatOutOfCountryCallingNumber(n, "NL"),
		phonenumbers.FormatOutOfCountryCallingNumber(n, "AU"), phonenumbers.FormatNumberForMobileDialing(n, "BR", true), national, "0" + national, "1" + national, "00" + national, national[1:], national + "0",
		fmt.Sprintf("%d%s", n.GetCountryCode(), national), fmt.Sprintf("+%d(0)%s", n.GetCountryCode(), national), fmt.Sprintf("(+%d) 0%s", n.GetCountryCode(), national),
		fmt.Sprintf("00%d 0%s", n.GetCountryCode(), national), fmt.Sprintf("+%d/%s ext. 12", n.GetCountryCode(), national), "++" + fmt.Sprint(n.GetCountryCode()) + national,
	} {
		all = append(all, s, strings.ReplaceAll(s, " ", "-"), strings.ReplaceAll(s, " ", "."), strings.ReplaceAll(s, " ", ""), strings.ReplaceAll(s, "-", "/"),
			"("+s+")", " "+s+" ", s+" x7", s+"#1", strings.ReplaceAll(s, "2", "A"), strings.ReplaceAll(s, " ", "\u00a0"), strings.ReplaceAll(s, "0", "\uff10"))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestRandom: digits that are no numbers for the most part, or nearly are.
func TestRandom(t *testing.T) {
	many := *numbers
	if testing.Short() {
		many = min(many, 3)
	}
	for _, id := range countries() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			p, r := &Plans{}, rand.New(rand.NewPCG(1, uint64(id[0])<<8|uint64(id[1])))
			code := fmt.Sprint(phonenumbers.GetCountryCodeForRegion(id))
			starts := []string{"", "0", "00", "+", "+" + code, "00" + code, "011" + code, code, phonenumbers.GetNddPrefixForRegion(id, true), "8", "1", "+1", "+44", "+39", "+54", "+7", "+55"}
			example := phonenumbers.GetNationalSignificantNumber(phonenumbers.GetExampleNumber(id))
			for range many {
				text := starts[r.IntN(len(starts))]
				if r.IntN(3) == 0 {
					text += example[:r.IntN(len(example))]
				}
				for range r.IntN(14) {
					text += string(rune('0' + r.IntN(10)))
				}
				if at := r.IntN(len(text) + 1); r.IntN(4) == 0 {
					text = text[:at] + []string{" ", "-", "/", "(", ")", ".", "+", "x", "~", "#", ","}[r.IntN(11)] + text[at:]
				}
				compare(t, p, text, id)
			}
		})
	}
}

// TestConcurrent: plans may be asked by several at once, also before they are compiled.
func TestConcurrent(t *testing.T) {
	var p Plans
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, id := range []string{"NL", "US", "CA", "GB", "JM", "AR"} {
				e164 := phonenumbers.Format(phonenumbers.GetExampleNumber(id), phonenumbers.E164)
				if n, ok := p.Parse(e164, ""); !ok || n.E164 != e164 || !p.IsOf(&n, id) || p.CountryOf(&n) != id {
					t.Errorf("%s of %s: %v, of %q", e164, id, ok, p.CountryOf(&n))
				}
			}
		})
	}
	wait.Wait()
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"+31612345678", "06-12345678", "(512) 555-0123", "1-800-FLOWERS", "011 54 9 11 2345-6789", "0 11 15-2345-6789", "810 41 44 668 18 00", "+800 1234 5678", "02 / 12345678"} {
		for _, in := range []string{"NL", "US", "AR", "IT", ""} {
			f.Add(s, in)
		}
	}
	var p Plans
	f.Fuzz(func(t *testing.T, text, country string) { compare(t, &p, text, country) })
}
