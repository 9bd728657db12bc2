package sheet

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// encoded writes a text in an encoding.
func encoded(t testing.TB, name, text string) string {
	t.Helper()
	set, ok := charsetNamed(name)
	if !ok {
		t.Fatal(name)
	}
	if set.codec == nil {
		return text
	}
	s, err := set.codec.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fact is the value of a fact about a file, and why.
func factOf(r *Reader, what string) (value, why string) {
	for _, f := range r.Facts() {
		if f.What == what {
			return f.Value, f.Why
		}
	}
	return "", ""
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
		{"utf-8", bomUTF8 + west, "UTF-8", "byte order mark"},
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
		{"windows-1252", "Miloš", "Windows-1252", `if "Miloö" is right, say --encoding mac-roman`},
		{"mac-roman", "René", "Mac-Roman", ""},
		{"mac-roman", "Kühnle", "Mac-Roman", ""},
		{"mac-roman", "Björn", "Mac-Roman", ""},
		{"mac-roman", "García", "Mac-Roman", ""},
		{"mac-roman", "Törs", "Windows-1252", `if "Törs" is right, say --encoding mac-roman`},
		{"mac-roman", "Törs\r", "Mac-Roman", `if "Tšrs" is right, say --encoding windows-1252`},
		{"windows-1254", "Şişli", "Windows-1250", `if "Şişli" is right, say --encoding windows-1254`},
		{"mac-roman", "Peláz", "", `reads "Peláz" in Mac-Roman and "Pelçz" in CP850`},
		{"cp850", "René", "CP850", ""},
		{"cp850", "Kühnle", "CP850", ""},
		{"cp850", "JOSÉ", "CP850", ""},
		{"cp850", "Malmö", "CP850", ""},
		{"cp850", "François", "CP850", ""},
		{"cp850", "Straße", "CP850", ""},
		{"cp850", "São", "CP850", ""},
		{"cp850", "Törs", "CP850", `if "Tîrs" is right, say --encoding mac-roman`},
		{"cp850", "Graças", "", `reads "Graáas" in Mac-Roman and "Graças" in CP850`},
	}
	for _, tt := range tests {
		t.Run(tt.encoding+" "+tt.word, func(t *testing.T) {
			content := encoded(t, tt.encoding, strings.Repeat("name,email\nJan,jan@example.com\n", 100)+tt.word+",b@example.com\n")
			if strings.HasSuffix(tt.word, "\r") {
				content = strings.ReplaceAll(strings.ReplaceAll(content, "\r", ""), "\n", "\r")
			}
			r, err := Open(file(t, "x.csv", content), Options{})
			if tt.want == "" {
				if !errors.Is(err, ErrWhichEncoding) || !strings.Contains(err.Error(), "line 201: ") || !strings.Contains(err.Error(), tt.doubt) {
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
	var e *Error
	rows := blockSize/4 + 1002
	accents := strings.Replace(plain, "Jan", "Zoë", 1) + strings.Repeat("Noël,Delft\n", 1000)
	if _, err = readAll(file(t, "x.csv", accents+"Jos\xe9,Delft\n"), Options{}); !errors.Is(err, ErrEncoding) || !errors.As(err, &e) || e.Row != rows {
		t.Fatalf("UTF-8 with one bad byte in row %d: %v", rows, err)
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

func TestBlocks(t *testing.T) {
	for _, unit := range []string{"é", "a\n", "a\r", "€uro\r\n"} {
		text := []byte("x" + strings.Repeat(unit, 2*blockSize/len(unit)))
		var got []byte
		err := eachBlock(bytes.NewReader(text), func(block []byte) bool {
			got = append(got, block...)
			if valid, _, _ := scanUTF8(bytes.NewReader(block)); !valid {
				t.Errorf("a block of %q cuts a character", unit)
			}
			return true
		})
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("blocks of %q: %d of %d bytes, %v", unit, len(got), len(text), err)
		}
	}
}

func TestEncodingNames(t *testing.T) {
	for _, name := range append(Encodings(), "", "UTF8", "utf 16", "cp1252", "Latin-1", "ISO_8859-1", "macintosh") {
		if !KnownEncoding(name) {
			t.Errorf("%q is not known", name)
		}
	}
	if KnownEncoding("klingon") {
		t.Error("klingon")
	}
}
