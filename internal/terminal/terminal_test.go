package terminal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/humanize"
)

// screen is a UI over buffers.
func screen(in string) (u *UI, out, err *bytes.Buffer) {
	out, err = &bytes.Buffer{}, &bytes.Buffer{}
	return Test(strings.NewReader(in), out, err), out, err
}

func TestLines(t *testing.T) {
	tests := []struct {
		name    string
		quiet   bool
		color   bool
		do      func(*UI)
		wantErr string
	}{
		{name: "note", do: func(u *UI) { u.Notef("200 rows") }, wantErr: "200 rows\n"},
		{name: "a wait", do: func(u *UI) { u.Waiting(12*time.Second, "the rate limit"); u.Waiting(time.Second, "the rate limit") },
			wantErr: "waiting 12 s for the rate limit\n"},
		{name: "warning", do: func(u *UI) { u.Warnf("slow") }, wantErr: "warning: slow\n"},
		{name: "error with hints", do: func(u *UI) { u.Error(errors.New("no key"), "set it", "or not") },
			wantErr: "error: no key\nhint: set it\nhint: or not\n"},
		{name: "quiet has no notes", quiet: true, do: func(u *UI) { u.Notef("a"); u.Warnf("b") }},
		{name: "quiet keeps errors", quiet: true, do: func(u *UI) { u.Error(errors.New("x")) }, wantErr: "error: x\n"},
		{name: "colour is for the prefix only", color: true, do: func(u *UI) { u.Error(errors.New("x"), "y") },
			wantErr: "\x1b[31merror: \x1b[0mx\nhint: y\n"},
		{name: "control characters of others", do: func(u *UI) { u.Notef("%s", "a\x1b[2Jb\rc") }, wantErr: "a\uFFFD[2Jb\uFFFDc\n"},
		{name: "lines of others", do: func(u *UI) { u.Notef("%s", "no\r\nhint: x\nerror: y\u2028next z\u0085w") }, wantErr: "no hint: x error: y next z w\n"},
		{name: "text turned round", do: func(u *UI) { u.Warnf("%s", "\u202egnp.exe\u202c\u2066\u200f") }, wantErr: "warning: \uFFFDgnp.exe\uFFFD\uFFFD\uFFFD\n"},
		{name: "C1 controls, and bytes that are no UTF-8", do: func(u *UI) { u.Notef("%s", "\u009b2J\x9b2J\x7f") }, wantErr: "\uFFFD2J\uFFFD2J\uFFFD\n"},
		{name: "several errors", do: func(u *UI) { u.Error(errors.Join(errors.New("a"), errors.New("b")), "c\nd") }, wantErr: "error: a; b\nhint: c d\n"},
		{name: "names and marks of scripts stay", do: func(u *UI) { u.Notef("%s", "Zoë 名前 שלום é👩‍💻\t.") }, wantErr: "Zoë 名前 שלום é👩‍💻\t.\n"},
		{name: "lines of a log", do: func(u *UI) { _, _ = u.LogWriter().Write([]byte("a\x1b\nb\u009b\n")) }, wantErr: "a\uFFFD\nb\uFFFD\n"},
		{name: "log", do: func(u *UI) { slog.New(slog.NewTextHandler(u.LogWriter(), nil)).Info("GET") }, wantErr: "level=INFO msg=GET\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, out, errOut := screen("")
			u.Quiet, u.Color = tt.quiet, tt.color
			tt.do(u)
			got := errOut.String()
			if i := strings.Index(got, "level="); i >= 0 {
				got = got[i:]
			}
			if got != tt.wantErr || out.Len() != 0 {
				t.Errorf("stderr = %q, stdout = %q, want %q and nothing", got, out, tt.wantErr)
			}
		})
	}
}

func TestDataGoesToStdout(t *testing.T) {
	u, out, errOut := screen("")
	u.Quiet = true // data stays
	u.Printf("%d\n", 1)
	if err := u.WriteJSON(map[string]string{"name": "Müller & Söhne"}); err != nil {
		t.Fatal(err)
	}
	u.Printf("%s works\n", "it\nhint: x\u202e")
	u.Text("a\n\x1bb\n")
	if err := u.WriteJSON("a\n\x1b\x7f\u009b\u202e\u2028é"); err != nil {
		t.Fatal(err)
	}
	want := "1\n{\n  \"name\": \"Müller & Söhne\"\n}\nit hint: x\uFFFD works\na\n\uFFFDb\n" +
		`"a\n\u001b\u007f\u009b\u202e\u2028é"` + "\n"
	if out.String() != want || errOut.Len() != 0 {
		t.Errorf("stdout = %q, stderr = %q, want %q", out, errOut, want)
	}
}

func TestTable(t *testing.T) {
	header := []string{"FIELD", "LIMITS", "HEADERS"}
	rows := [][]string{
		{"tags", "at most 20", "Labels"},
		{"名前", "", "Name,\nNaam"},
		{"phone", "E.164", ""},
	}
	tests := []struct {
		name  string
		tty   bool
		width int
		want  string
	}{
		{"plain", false, 0, "FIELD  LIMITS      HEADERS\ntags   at most 20  Labels\n名前               Name, Naam\nphone  E.164\n"},
		{"no room to wrap", true, 25, "FIELD  LIMITS\n    HEADERS\ntags   at most 20  Labels\n名前\n    Name, Naam\nphone  E.164\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, out, _ := screen("")
			u.OutTTY, u.Width = tt.tty, tt.width
			u.Table(header, rows)
			if got := out.String(); got != tt.want {
				t.Errorf("got:\n%swant:\n%s", got, tt.want)
			}
		})
	}
}

func TestTableWrapsOnTerminal(t *testing.T) {
	u, out, _ := screen("")
	u.OutTTY, u.Width = true, 40
	u.Rows([][]string{{"can", "create, update, look up, list, idempotency key"}, {"key", "short"}})
	want := "can  create, update, look up, list,\n     idempotency key\nkey  short\n"
	if out.String() != want {
		t.Errorf("got:\n%swant:\n%s", out, want)
	}
}

func TestRoom(t *testing.T) {
	rows := [][]string{{"A", "COLUMN", "EXAMPLE", "WHY"}, {"B", "E-mail", "a long example", "name"}}
	for _, tt := range []struct {
		tty         bool
		width, want int
	}{{true, 40, 40 - len("A  COLUMN  ") - len("  ") - 10}, {true, 20, 10}, {false, 40, 0}, {true, 0, 0}} {
		u, _, _ := screen("")
		u.OutTTY, u.Width = tt.tty, tt.width
		if got := u.Room(rows, 2); got != tt.want {
			t.Errorf("terminal %v of %d columns: %d, want %d", tt.tty, tt.width, got, tt.want)
		}
	}
}

func TestAsk(t *testing.T) {
	tests := []struct {
		in   string
		want bool
		text string
	}{
		{"y\n", true, "go? [y/N] "},
		{"YES\n", true, "go? [y/N] "},
		{"\n", false, "go? [y/N] "},
		{"n\n", false, "go? [y/N] "},
		{"", false, "go? [y/N] \n"},
		{"perhaps\nyes\n", true, "go? [y/N] please answer y or n\ngo? [y/N] "},
		{"perhaps", false, "go? [y/N] "},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			u, out, errOut := screen(tt.in)
			u.InTTY, u.ErrTTY = true, true
			got, err := u.Ask(t.Context(), "go?")
			if err != nil || got != tt.want || errOut.String() != tt.text || out.Len() != 0 {
				t.Errorf("Ask = %v, %v, wrote %q; want %v, %q", got, err, errOut, tt.want, tt.text)
			}
		})
	}
	u, _, errOut := screen("y\n")
	u.ErrTTY = true
	if ok, err := u.Ask(t.Context(), "go?"); ok || !errors.Is(err, ErrNobody) || errOut.Len() != 0 {
		t.Errorf("off a terminal: %v, %v, wrote %q", ok, err, errOut)
	}
}

func TestAskFor(t *testing.T) {
	for in, want := range map[string]string{"170\n": "170", " 1,7 \n": "1,7", "\n": "", "": "", "17": "17"} {
		u, _, errOut := screen(in)
		u.InTTY, u.ErrTTY = true, true
		got, err := u.AskFor(t.Context(), "how many?")
		if err != nil || got != want || !strings.HasPrefix(errOut.String(), "how many? ") {
			t.Errorf("answered %q: %q, %v, wrote %q", in, got, err, errOut)
		}
	}
	u, _, errOut := screen("170\n")
	if got, err := u.AskFor(t.Context(), "how many?"); got != "" || !errors.Is(err, ErrNobody) || errOut.Len() != 0 {
		t.Errorf("off a terminal: %q, %v, wrote %q", got, err, errOut)
	}
}

// TestIsAsking: a question is one as long as nobody has answered it.
func TestIsAsking(t *testing.T) {
	u, _, _ := screen("")
	u.InTTY, u.ErrTTY = true, true
	u.In = readerFunc(func(p []byte) (int, error) {
		if !u.IsAsking() {
			t.Error("it does not ask")
		}
		return copy(p, "y\n"), nil
	})
	if yes, err := u.Ask(t.Context(), "go?"); !yes || err != nil || u.IsAsking() {
		t.Errorf("answered %v, %v; still asking: %v", yes, err, u.IsAsking())
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestProgressOffTerminalWritesLineEachMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, out, errOut := screen("")
		p := u.Progress("row", 10000)
		p.Add(120)
		p.Left(8*time.Hour + 14*time.Minute)
		time.Sleep(61 * time.Second)
		p.Wait(time.Second, "the rate limit") // too short for a line of its own
		time.Sleep(2 * time.Second)
		p.Wait(69*time.Second, "the rate limit")
		p.Wait(20*time.Second, "another try") // ends earlier
		p.Set(1)
		time.Sleep(time.Minute)
		p.Wait(20*time.Second, "the rate limit") // the last line was less than a minute ago
		p.Left(0)
		time.Sleep(time.Minute)
		p.Done()
		p.Done()
		p.Add(5)
		time.Sleep(time.Hour)
		lines := strings.Split(strings.TrimSpace(errOut.String()), "\n")
		want := []string{
			"  120 of 10,000 rows, 8 h 14 min left",
			"  120 of 10,000 rows, 8 h 14 min left, waiting 1 min 9 s for the rate limit",
			"  1 of 10,000 rows, 8 h 14 min left, waiting 12 s for the rate limit",
			"  1 of 10,000 rows",
		}
		if len(lines) != len(want) || out.Len() != 0 {
			t.Fatalf("stderr = %q, stdout = %q", errOut, out)
		}
		for i, line := range lines {
			if got := line[len("2006-01-02 15:04:05"):]; got != want[i] {
				t.Errorf("line %d = %q, want a time and %q", i, line, want[i])
			}
		}
	})
}

// TestBarCountsDown: the seconds of a wait pass on the bar, though nothing is done.
func TestTimeLeftEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, _, _ := screen("")
		p := u.Progress("row", 10)
		defer p.Done()
		p.Left(20 * time.Second)
		time.Sleep(20 * time.Second)
		if got := p.Line(); got != "0 of 10 rows, 20 s left" {
			t.Errorf("line = %q", got)
		}
		time.Sleep(time.Second)
		if got := p.Line(); got != "0 of 10 rows" {
			t.Errorf("line once the time is over = %q", got)
		}
	})
}

func TestBarCountsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, _, errOut := screen("")
		u.ErrTTY, u.Width = true, 80
		p := u.Progress("row", 10000)
		p.Left(8 * time.Hour)
		time.Sleep(900 * time.Millisecond) // the bar draws seldom
		p.Wait(12*time.Second, "the rate limit")
		time.Sleep(20 * time.Second)
		synctest.Wait()
		p.Done()
		got := errOut.String()
		for i := 12; i > 0; i-- {
			words := fmt.Sprintf("waiting %d s for the rate limit", i)
			at := strings.Index(got, words)
			if at < 0 {
				t.Fatalf("no %q after %q", words, got)
			}
			got = got[at+len(words):]
		}
		if !strings.Contains(got, "rows, 8 h left") {
			t.Errorf("after the wait: %q", got)
		}
	})
}

// TestProgressSaysWhyNothingHappens: on a terminal within seconds, and no longer than that is so; elsewhere on the next line.
// What the vendor asked for is said first.
func TestProgressSaysWhyNothingHappens(t *testing.T) {
	for _, tty := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			u, _, errOut := screen("")
			u.ErrTTY, u.Width = tty, 100
			p := u.Progress("contact", 0)
			start := time.Now()
			p.Silent(func() string {
				if d := time.Since(start); d >= 10*time.Second && d < 70*time.Second {
					return "no answer for " + humanize.Duration(d)
				}
				return ""
			})
			time.Sleep(61 * time.Second)
			synctest.Wait() // the bar is drawn at the same second
			told := errOut.String()
			if tty {
				wantAll(t, told, "no answer for 10 s", "no answer for 59 s")
			} else {
				wantAll(t, told, "  0 contacts, no answer for 1 min")
			}
			p.Wait(8*time.Second, "the rate limit")
			time.Sleep(2 * time.Minute)
			synctest.Wait()
			rest := errOut.String()[len(told):]
			if tty {
				wantAll(t, rest, "waiting 7 s for the rate limit", "contacts")
			}
			if last := rest[strings.LastIndexAny(strings.TrimSpace(rest), "\r\n")+1:]; strings.Contains(last, " for ") {
				t.Errorf("at the end: %q", last)
			}
			p.Done()
		})
	}
}

func wantAll(t *testing.T, got string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(got, text) {
			t.Errorf("no %q in %q", text, got)
		}
	}
}

// TestWaits: what is waited for again and again is told once a minute; another wait, and a long one, are told at once.
func TestWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, _, errOut := screen("")
		for range 13 {
			u.Waiting(10*time.Second, "another try")
			time.Sleep(10 * time.Second)
		}
		u.Waiting(10*time.Second, "the rate limit")
		u.Waiting(2*time.Minute, "the rate limit")
		const want = "waiting 10 s for another try\nwaiting 10 s for another try\nwaiting 10 s for another try\nwaiting 10 s for the rate limit\nwaiting 2 min for the rate limit\n"
		if got := errOut.String(); got != want {
			t.Errorf("stderr = %q", got)
		}
	})
}

func TestProgressIsSilentWhenQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, _, errOut := screen("")
		u.Quiet, u.ErrTTY = true, true
		p := u.Progress("row", 10)
		p.Add(1)
		p.Wait(time.Minute, "the rate limit")
		u.Waiting(time.Minute, "the rate limit")
		time.Sleep(time.Hour)
		p.Done()
		if errOut.Len() != 0 {
			t.Errorf("stderr = %q", errOut)
		}
	})
}

func TestProgressBarMakesRoomForLines(t *testing.T) {
	for name, total := range map[string]int64{"total known": 10, "total unknown": 0} {
		t.Run(name, func(t *testing.T) {
			u, out, errOut := screen("")
			u.ErrTTY, u.Width = true, 100
			p := u.Progress("row", total)
			p.Wait(12*time.Second, "the rate limit")
			p.Add(7)
			u.Notef("a line")
			p.Add(20)
			p.Done()
			u.Notef("the end")
			got := errOut.String()
			if !strings.Contains(got, "\ra line\n") || !strings.HasSuffix(got, "\rthe end\n") || out.Len() != 0 {
				t.Errorf("stderr = %q, stdout = %q", got, out)
			}
		})
	}
}

func TestClip(t *testing.T) {
	if got := clip("waiting for the rate limit", 12); got != "waiting for…" || Width(got) > 12 {
		t.Errorf("clip = %q", got)
	}
	if got := clip("rows", 12); got != "rows" {
		t.Errorf("clip = %q", got)
	}
}

// TestProgressCountsWhatIsBad: failures are said as they come, and what an earlier session did counts for no rate.
func TestProgressCountsWhatIsBad(t *testing.T) {
	u := Test(strings.NewReader(""), io.Discard, io.Discard)
	now := time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC)
	u.Now = func() time.Time { return now }
	p := u.Progress("row", 200)
	defer p.Done()
	p.Set(100)
	for range 10 {
		p.Became("created", false)
	}
	p.Became("failed", true)
	p.Became("rejected", true)
	p.Became("failed", true)
	p.Set(113)
	now = now.Add(10 * time.Second)
	if got, want := p.Line(), "113 of 200 rows, 2 failed, 1 rejected"; got != want {
		t.Errorf("the line is %q, want %q", got, want)
	}
	if line := p.asLine(); line.Rate != 1.3 || line.Done != 113 || line.Outcomes["failed"] != 2 {
		t.Errorf("the line for programs is %+v", line)
	}
}
