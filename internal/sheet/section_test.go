package sheet

import "testing"

// TestSections: a heading, a note or a subtotal between rows that are full is no contact; where rows have little, one with
// a name only is.
func TestSections(t *testing.T) {
	const header = "Naam;Email;Telefoon;Plaats\n"
	const jan, pia, bob = "Jan Jansen;jan@example.com;+31201234567;Delft\n", "Pia Smit;pia@example.com;+31201234568;Gouda\n", "Bob Bos;bob@example.com;;Breda\n"
	tests := []struct{ name, content, rows string }{
		{"regions", header + "Regio Noord;;;\n" + jan + pia + "Regio Zuid;;;\n" + bob + jan, "2s 3 4 5s 6 7"},
		{"regions without delimiters", header + "Regio Noord\n" + jan + pia + "Regio Zuid\n" + bob, "2s 3 4 5s 6"},
		{"of one row each", header + "Team A;;;\n" + jan + "Team B;;;\n" + pia, "2s 3 4s 5"},
		{"cities", header + "Amsterdam;;;\n" + jan + pia + "Rotterdam;;;\n" + bob + jan, "2s 3 4 5s 6 7"},
		{"a note", header + jan + pia + "NIET MEER BELLEN:;;;\n" + bob, "2 3 4s 5"},
		{"a note without a colon", header + jan + pia + "NIET MEER BELLEN;;;\n" + bob, "2 3 4s 5"},
		{"one heading", header + jan + pia + bob + "Prospects;;;\n" + jan + pia, "2 3 4 5s 6 7"},
		{"subtotals", header + jan + pia + "Subtotaal;;;2\n" + bob + "Subtotaal Zuid;;1;\nTotaal Zuid;;;1\n" + jan, "2 3 4s 5 6s 7s 8"},
		{"the subtotals of Excel", header + jan + "Delft Totaal;;;1\n" + pia + "Gouda Totaal;;;1\n" + bob, "2 3s 4 5s 6"},
		{"below blank rows", header + jan + "\nzuid\n" + pia + bob, "2 4s 5 6"},
		{"in the second column", "Nr;Naam;Email;Plaats\n;Regio Noord;;\n1;Jan;jan@example.com;Delft\n2;Pia;pia@example.com;Gouda\n;Regio Zuid;;\n3;Bob;bob@example.com;Breda\n", "2s 3 4 5s 6"},
		{"above numbers", "Nr;Naam;Email;Plaats\nNoord;;;\n1;Jan;jan@example.com;Delft\nZuid;;;\n3;Bob;bob@example.com;Breda\n", "2s 3 4s 5"},
		{"three columns", "Naam;Email;Plaats\nRegio Noord;;\nJan;jan@example.com;\nPia;pia@example.com;Gouda\n", "2s 3 4"},

		{"names only", header + "Jan\nPia\nBob\nEva\n", "2 3 4 5"},
		{"a single column", "Naam\nRegio Noord\nJan\nPia\n", "2 3 4"},
		{"two columns", "Naam;Email\nJan;jan@example.com\nPia;\nBob;bob@example.com\nEva;eva@example.com\n", "2 3 4 5"},
		{"many names only", header + jan + "Eva Vos;;;\n" + pia + "Tom Mol;;;\n" + bob + "Kim Blom;;;\n", "2 3 4 5 6 7"},
		{"names beside names with an address", header + jan + pia + bob + "Eva Vos;;;\nTom Mol;tom@example.com;;\n" + jan + pia, "2 3 4 5 6 7 8"},
		{"three names in a row", header + jan + pia + bob + "Eva Vos;;;\nTom Mol;;;\nKim Blom;;;\n" + jan + pia, "2 3 4 5 6 7 8 9"},
		{"the last row", header + jan + pia + bob + "Eva Vos;;;\n", "2 3 4 5"},
		{"an address only", "Email;Naam;Telefoon;Plaats\njan@example.com;Jan;+31201234567;Delft\npia@example.com;;;\nbob@example.com;Bob;;Breda\n", "2 3 4"},
		{"last names only", "Voornaam;Achternaam;Email;Plaats\nJan;Jansen;jan@example.com;Delft\n;Smit;;\nBob;Bos;bob@example.com;Breda\n;Mol;;\nEva;Vos;eva@example.com;Delft\n", "2 3 4 5 6"},
		{"further values of the row above", "Naam;Email;Plaats;Tags\nJan;jan@example.com;Delft;VIP\n;;;Klant\nPia;pia@example.com;Gouda;VIP\n;;;Klant\nBob;bob@example.com;Breda;VIP\n", "2 3 4 5 6"},
		{"names that begin alike", header + jan + "Anna Mol;;;\n" + pia + "Anna Vos;;;\n" + bob + "Anna Blom;an@example.com;;Delft\n" + jan + pia, "2 3 4 5 6 7 8 9"},
		{"companies named Total", "Bedrijf;Telefoon;Plaats;Email\nTotal Energies;+31201234567;Delft;\nTotal 5 Star Hotels;;Gouda;a@example.com\nAcme;+31201234568;Breda;\n", "2 3 4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, r := rowsOf(t, file(t, "x.csv", tt.content)); got != tt.rows {
				t.Errorf("got %s, want %s; %s", got, tt.rows, told(r))
			}
		})
	}
}
