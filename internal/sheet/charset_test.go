package sheet

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// fact is the value of a fact about a file, and why.
func factOf(r *Reader, what string) (value, why string) {
	for _, f := range r.Facts() {
		if f.What == what {
			return f.Value, reason(f)
		}
	}
	return "", ""
}

// reason is why a file was understood as it was, as the command says it.
func reason(f Fact) string {
	switch {
	case f.Alternative != "":
		return f.Why + ", say --encoding " + f.Alternative
	case f.What == "delimiter" && f.Value == "none":
		return f.Why + "; --delimiter names another character that stands between cells"
	}
	return f.Why
}

// encoded writes a text in an encoding.
func encoded(t testing.TB, name, text string) string {
	t.Helper()
	codec := map[string]encoding.Encoding{
		"utf-8": encoding.Nop, "utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"windows-1250": charmap.Windows1250, "windows-1252": charmap.Windows1252, "windows-1254": charmap.Windows1254,
		"mac-roman": charmap.Macintosh, "cp850": charmap.CodePage850,
	}[name]
	if codec == nil {
		t.Fatal(name)
	}
	s, err := codec.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEncodingFound(t *testing.T) {
	const (
		west    = "Voornaam;Achternaam;Plaats\nJosé;Müller;Besançon\nZoë;D’Angelo;Malmö\n"
		polish  = "Imię;Nazwisko;Miasto\nPaweł;Wiśniewski;Łódź\nGrażyna;Wójcik;Kraków\n"
		czech   = "Jméno;Příjmení;Město\nTomáš;Dvořák;Plzeň\n"
		czechEN = "Name;Email\nDvořák;dvorak@example.cz\nJiří;jiri@example.cz\n"
	)
	tests := []struct{ encoding, text, want, why string }{
		{"utf-8", "a;b\n1;2\n", "UTF-8", "only ASCII"},
		{"utf-8", west, "UTF-8", `line 2: "José"`},
		{"utf-8", charset.BOM + west, "UTF-8", "byte order mark"},
		{"utf-16le", "\uFEFF" + west, "UTF-16LE", "byte order mark"},
		{"utf-16be", "\uFEFF" + west, "UTF-16BE", "byte order mark"},
		{"utf-16le", west, "UTF-16LE", "every other byte"},
		{"utf-16be", west, "UTF-16BE", "every other byte"},
		{"utf-16le", "Όνομα;Επώνυμο\nΓιώργος;Παπαδόπουλος\n", "UTF-16LE", "every other byte"},
		{"windows-1252", west, "Windows-1252", `line 2: "Jos\xe9" reads "José"`},
		{"mac-roman", west, "Mac-Roman", `line 2: "Jos\x8e" reads "José"`},
		{"cp850", strings.ReplaceAll(west, "’", "'"), "CP850", `line 2: "Jos\x82" reads "José"`},
		{"windows-1250", polish, "Windows-1250", `reads "Imię"`},
		{"windows-1250", czech, "Windows-1250", `reads "Příjmení"; if "Pøíjmení" is right, say --encoding windows-1252`},
		{"windows-1250", czechEN, "Windows-1250", `reads "Dvořák"`},
		{"windows-1250", "First name,Last name\nJan,Škoda\nŽeljko,Hořejší\n", "Windows-1250", `line 3: "Ho\xf8ej\x9a\xed" reads "Hořejší"; if "Hoøejší" is right, say --encoding windows-1252`},
		{"windows-1250", "First name;Last name;Company\nJiří;Dvořák;Škoda\nTomáš;Žižka;Čez\n", "Windows-1250", `reads "Jiří"; if "Jiøí" is right`},
		{"windows-1250", "Name;City\nZdeněk;Dvůr\nPetrović;Šibenik\n", "Windows-1250", `reads "Zdeněk"; if "Zdenìk" is right`},
		{"windows-1252", "Name;City\nNicolò;Forlì\nBjørn;Tromsø\nKøie;Øystein\nNæss;Niccolù\n", "Windows-1252", `reads "Nicolò"`},
		{"windows-1252", "Name;Note\nO’Brien;it’s 5 € – “fine”\nÉlodie;l’été\n", "Windows-1252", `reads`},
		{"windows-1252", "Naam;Prijs\nJan;€ 5\n", "Windows-1252", `reads "€ 5"`},
		{"windows-1252", "Nom;Prénom\nLefèvre;Hélène\nÇelik;Noël\n", "Windows-1252", `reads "Prénom"`},
	}
	for _, tt := range tests {
		t.Run(tt.want+" "+tt.why, func(t *testing.T) {
			content := encoded(t, tt.encoding, tt.text)
			path := file(t, "x.csv", content)
			r, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if value, why := factOf(r, "encoding"); value != tt.want || !strings.Contains(why, tt.why) {
				t.Errorf("%s: %s", value, why)
			}
			if len(r.Findings()) > 0 {
				t.Errorf("findings: %+v", r.Findings())
			}
			compareRows(t, path, tt.text, Options{})
			compareRows(t, path, tt.text, Options{Encoding: tt.encoding})
		})
	}
}

// TestEncodingOfOneWord has files with one word that is not ASCII. Windows-1252 is believed where that gives a word, other
// encodings where only they give one; where two give words alike, the fact or a refusal says so.
func TestEncodingOfOneWord(t *testing.T) {
	tests := []struct {
		encoding, word string
		want           string // the encoding, "" if it cannot be told
		doubt          string // what the fact or the refusal says besides
	}{
		{"windows-1252", "René", "Windows-1252", ""},
		{"windows-1252", "Jäckel", "Windows-1252", ""},
		{"windows-1252", "Bárcena", "Windows-1252", ""},
		{"windows-1252", "Acme™", "Windows-1252", ""},
		{"windows-1252", "Jan\u00a0Smit", "Windows-1252", ""},
		{"windows-1252", "van\u00a0den\u00a0Berg", "Windows-1252", ""},
		{"windows-1252", "it’s", "Windows-1252", ""},
		{"windows-1252", "wait…", "Windows-1252", ""},
		{"windows-1252", "“Central”", "Windows-1252", ""},
		{"windows-1252", "Miloš", "Windows-1252", ""},
		{"mac-roman", "René", "Mac-Roman", ""},
		{"mac-roman", "Kühnle", "Mac-Roman", ""},
		{"mac-roman", "Björn", "Mac-Roman", ""},
		{"mac-roman", "García", "Mac-Roman", ""},
		{"mac-roman", "Törs", "", `reads "Tšrs" in Windows-1252 and "Törs" in Mac-Roman`},
		{"mac-roman", "Törs\r", "Mac-Roman", `if "Tšrs" is right, say --encoding windows-1252`},
		{"windows-1254", "Şişli", "Windows-1254", `if "Þiþli" is right, say --encoding windows-1252`},
		{"mac-roman", "Peláz", "Mac-Roman", `if "Pel‡z" is right, say --encoding windows-1252`},
		{"cp850", "René", "CP850", ""},
		{"cp850", "Kühnle", "CP850", ""},
		{"cp850", "JOSÉ", "CP850", ""},
		{"cp850", "Malmö", "CP850", ""},
		{"cp850", "François", "CP850", ""},
		{"cp850", "Straße", "CP850", ""},
		{"cp850", "São", "CP850", ""},
		{"cp850", "Törs", "CP850", ""},
		{"cp850", "Graças", "CP850", ""},
	}
	for _, tt := range tests {
		t.Run(tt.encoding+" "+tt.word, func(t *testing.T) {
			content := encoded(t, tt.encoding, strings.Repeat("name,email\nJan,jan@example.com\n", 100)+tt.word+",b@example.com\n")
			if strings.HasSuffix(tt.word, "\r") {
				content = strings.ReplaceAll(strings.ReplaceAll(content, "\r", ""), "\n", "\r")
			}
			r, err := Open(file(t, "x.csv", content), Options{})
			if tt.want == "" {
				if !errors.Is(err, rows.ErrWhichEncoding) || !strings.Contains(err.Error(), "line 201: ") || !strings.Contains(err.Error(), tt.doubt) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if value, why := factOf(r, "encoding"); value != tt.want || !strings.HasSuffix(why, tt.doubt) || tt.doubt == "" && strings.Contains(why, "--encoding") {
				t.Errorf("%s: %s", value, why)
			}
		})
	}
}

// compareRows holds the rows of a file against those of its text in UTF-8.
func compareRows(t *testing.T, path, text string, o Options) {
	t.Helper()
	got, err := readAll(path, o)
	if err != nil {
		t.Fatal(err)
	}
	want, err := readAll(file(t, "utf8.csv", text), Options{Encoding: "utf-8"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLateByte has the one byte that decides far behind what is looked at first.
func TestLateByte(t *testing.T) {
	plain := "name,city\n" + strings.Repeat("Jan,Delft\n", blockSize/4)
	got, err := readAll(file(t, "x.csv", plain+"Jos\xe9,Delft\n"), Options{})
	if err != nil || got[len(got)-1].Cells[0] != "José" {
		t.Fatalf("one é in the last row: %v", err)
	}
	last := blockSize/4 + 1002
	accents := strings.Replace(plain, "Jan", "Zoë", 1) + strings.Repeat("Noël,Delft\n", 1000)
	got, err = readAll(file(t, "x.csv", accents+"Jos\xe9,Delft\n"), Options{})
	if err != nil || got[len(got)-1].Number != last || got[len(got)-1].Cells[0] != "José" || len(got[len(got)-1].Odd) != 1 || !got[len(got)-1].Odd[0].Certain {
		t.Fatalf("UTF-8 with one other byte in row %d: %v", last, err)
	}
	r, err := Open(file(t, "x.csv", accents), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if value, why := factOf(r, "encoding"); value != "UTF-8" || !strings.Contains(why, `line 2: "Zoë"`) {
		t.Errorf("%s: %s", value, why)
	}
}
