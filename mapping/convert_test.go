package mapping

import (
	"slices"
	"strings"
	"testing"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/cells/words"
	"crmferry/mapping/lists"
	"crmferry/mapping/schema"
)

// TestPhoneNations: a number without a country code is of the country of its row, else of --region; one that would do for
// the latter only is refused.
func TestPhoneNations(t *testing.T) {
	outlook := "E-mail Address|Business Phone|Home Phone|Mobile Phone|Business Country/Region|Home Country/Region"
	tests := []struct{ header, row, region, want string }{
		{"Email|Phone|Land", "a@example.com|044 668 18 00|Zwitserland", "NL", "+41446681800"},
		{"Email|Phone|Land", "a@example.com|02 555 12 12|België", "NL", "+3225551212"},
		{"Email|Phone|Land", "a@example.com|0351 1234567|de", "", "+493511234567"},
		{"Email|Phone|Land", "a@example.com|+31612345678|DE", "", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|0031 6 12345678|DE", "BE", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|Atlantis", "NL", "+31612345678 odd_phone"},
		{"Email|Phone|Land", "a@example.com|06 12345678|AQ", "NL", "+31612345678"},
		{"Email|Phone|Land", "a@example.com|06 12345678|", "", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 12345678|BE", "NL", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 12345678|BE", "", "+32612345678 odd_phone"},
		{"Email|Phone|Land", "a@example.com|0470 12 34 56|", "NL", "+31470123456 odd_phone"},
		{"Email|Phone|Land", "a@example.com|0470 12 34 56|NL", "BE", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 123456|BE", "NL", "bad_phone!"},
		{"Email|Phone|Land", "a@example.com|06 1234|BE", "NL", "bad_phone!"},
		{outlook, "a@example.com|02 555 12 12|||BE|NL", "", "+3225551212"},
		{outlook, "a@example.com||06 12345678||BE|NL", "", "+31612345678"},
		{outlook, "a@example.com|||06 12345678|BE|NL", "NL", "+31612345678"},
		{outlook, "a@example.com|||0470 12 34 56|BE|NL", "BE", "+32470123456"},
		{outlook, "a@example.com|||0470 12 34 56|BE|NL", "", "bad_phone!"},
		{outlook, "a@example.com|||0470 12 34 56|BE|Belgium", "NL", "+32470123456"},
		{outlook, "a@example.com|||0470 12 34 56|BE|", "NL", "+32470123456"},
	}
	for _, tt := range tests {
		header := strings.Split(tt.header, "|")
		for _, mapped := range [][]string{nil, {header[len(header)-1] + "="}} {
			m, err := GrowContacts().Match(header, worded(MatchOptions{Map: mapped, ConvertOptions: ConvertOptions{Region: tt.region}}))
			if err != nil {
				t.Fatal(err)
			}
			row := m.Convert(strings.Split(tt.row, "|"))
			got := strings.TrimSpace(row.Contact.Phone + " " + found(row.Remarks))
			for _, p := range row.Problems {
				got += p.Code + "!"
			}
			if got != tt.want {
				t.Errorf("%s, --region %q, --map %q: got %q, want %q; %v %v", tt.row, tt.region, mapped, got, tt.want, row.Problems, row.Remarks)
			}
		}
	}
}

// TestSpanishNames: under Spanish headers a name has two last names; under others one that looks Spanish is reported.
func TestSpanishNames(t *testing.T) {
	tests := []struct{ full, first, last string }{
		{"Ana García", "Ana", "García"},
		{"María García López", "María", "García López"},
		{"José Luis Rodríguez Zapatero", "José Luis", "Rodríguez Zapatero"},
		{"José Luis Rodríguez", "José Luis", "Rodríguez"},
		{"Ana Belén Ruiz", "Ana Belén", "Ruiz"},
		{"María del Carmen López Ruiz", "María del Carmen", "López Ruiz"},
		{"Ana de la Fuente Ruiz", "Ana", "de la Fuente Ruiz"},
		{"Ana De La Fuente Ruiz", "Ana", "De La Fuente Ruiz"},
		{"Pedro Ruiz de la Torre", "Pedro", "Ruiz de la Torre"},
		{"José Ortega y Gasset", "José", "Ortega y Gasset"},
		{"Juan A. García López", "Juan A.", "García López"},
		{"J. L. García López", "J. L.", "García López"},
		{"Juan A. García", "Juan A.", "García"},
		{"García López, María", "María", "García López"},
		{"Dra. Ana García", "Ana", "García"},
		{"Sr. Juan Ruiz Vega", "Juan", "Ruiz Vega"},
		{"Sra. Ana García López", "Ana", "García López"},
		{"María de la Cruz", "María", "de la Cruz"},
		{"de la Cruz", "", ""},
		{"Madonna", "", ""},
		{"Acme Ibérica S.L.", "", ""},
	}
	for _, tt := range tests {
		if n, _ := names.Read(tt.full, names.Style{TwoLast: true}); n.Split != (tt.first != "") || n.First != tt.first || n.Split && n.Last != tt.last {
			t.Errorf("%q: got %+v, want %q %q", tt.full, n, tt.first, tt.last)
		}
	}
	for _, tt := range []struct{ header, name, want string }{
		{"Nombre completo|Correo", "María García López", "María|García López|"},
		{"Nombre|Teléfono", "María García López", "María|García López|"},
		{"Full name|Email", "María García López", "María García|López|name_split"},
		{"Full name|Email", "Jose Luis Rodriguez Zapatero", "Jose Luis|Rodriguez Zapatero|name_split"},
		{"Naam|E-mail", "Van Dijk", "Van|Dijk|name_split"},
		{"Naam|E-mail", "El Khatib", "El|Khatib|name_split"},
		{"Naam|E-mail", "Dijk, Van", "Van|Dijk|"},
		{"Naam|E-mail", "De Jong", "|De Jong|"},
		{"Naam|E-mail", "Jan Berg (Acme)", "Jan|Berg|remark"},
		{"Naam|E-mail", "Jan Berg (Acme BV)", "Jan|Berg|remark"},
		{"Naam|E-mail", "Jan (Joop) Berg", "Jan|Berg|remark"},
		{"Naam|E-mail", "Acme (Utrecht)", "|Acme (Utrecht)|"},
		{"Naam|E-mail", "Acme Holding (NL)", "|Acme Holding (NL)|"},
		{"Naam|E-mail", "t.a.v. Jan Bos", "Jan|Bos|remark"},
		{"Naam|E-mail", "T.a.v. dhr. J. Bos", "J.|Bos|remark title"},
		{"Naam|E-mail", "Fam. de Boer", "|Fam. de Boer|several_people"},
		{"Naam|E-mail", "Familie Bos", "|Familie Bos|several_people"},
		{"Naam|E-mail", "Fam Bos", "|Fam Bos|several_people"},
		{"Full name|Email", "Mary Jane Watson", "Mary Jane|Watson|"},
		{"Full name|Email", "María de la Cruz López", "María|de la Cruz López|"},
		{"Full name|Email", "José García", "José|García|"},
		{"Full name|Email", "García López, María José", "María José|García López|"},
	} {
		m, err := RogerRogerPeople().Match(strings.Split(tt.header, "|"), worded(MatchOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		row := m.Convert([]string{tt.name})
		if got := row.Contact.GivenName + "|" + row.Contact.FamilyName + "|" + found(row.Remarks); got != tt.want {
			t.Errorf("%q under %q: got %q, want %q", tt.name, tt.header, got, tt.want)
		}
	}
}

func FuzzTags(f *testing.F) {
	for _, v := range []string{"a, b", `"a, b"`, `"a""b"`, `"`, "* a ::: b", ":::", "a:::b"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		tags := words.SplitAll(nil, v)
		if again := words.SplitAll(nil, lists.Join(tags, schema.Itself)); !slices.Equal(again, tags) {
			t.Errorf("%q gave %q, shown as %q, which reads back as %q", v, tags, lists.Join(tags, schema.Itself), again)
		}
	})
}

// TestShortCells: cells of one to three signs, of which hardly anything is left once marks are taken off, are read by every
// field.
func TestShortCells(t *testing.T) {
	signs := strings.Split("!\"#$%&'()*+,-./0:;<=>?@[\\]^_`{|}~a1é\u00a0’", "")
	var cells []string
	for _, a := range signs {
		cells = append(cells, a)
		for _, b := range signs {
			cells = append(cells, a+b, a+b+a)
		}
	}
	shortCells(t, GrowContacts(), cells)
	shortCells(t, ClientCommanderContacts(), cells)
	shortCells(t, RogerRogerPeople(), cells)
	shortCells(t, RogerRogerNotes(), cells)
	shortCells(t, CloverhoundContacts(), cells)
}

func shortCells[C any](t *testing.T, table *Table[C], values []string) {
	t.Helper()
	for _, f := range table.Info() {
		if !f.Writable || f.Never {
			continue
		}
		p := cells.NewProfile([]string{f.Name})
		for _, cell := range values {
			p.Add([]string{cell})
		}
		m, err := table.Match([]string{f.Name}, worded(MatchOptions{Profile: p, Map: []string{f.Name + "=" + f.Name}, ConvertOptions: ConvertOptions{Region: "NL", DateOrder: "dmy", Decimal: "comma"}}))
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range values {
			row := m.Convert([]string{cell})
			for _, p := range row.Problems {
				if p.Message == "" || p.Field == "" && p.Code != cells.CodeRequired {
					t.Errorf("%s of %s, cell %q: %+v", f.Name, table.Vendor, cell, p)
				}
			}
		}
	}
}
