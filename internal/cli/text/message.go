package text

import "fmt"

// Kind says which message it is: when it is shown, and how.
type Kind int

// Kinds of messages.
const (
	Note    Kind = iota // not shown under --quiet
	Warning             // not shown under --quiet, and marked as one
	Result              // always shown
)

// Message is a line for the user.
type Message struct {
	Kind Kind
	Text string
}

// Notef makes a note.
func Notef(format string, args ...any) Message { return Message{Note, fmt.Sprintf(format, args...)} }

// Warnf makes a warning.
func Warnf(format string, args ...any) Message { return Message{Warning, fmt.Sprintf(format, args...)} }

// Resultf makes a result.
func Resultf(format string, args ...any) Message {
	return Message{Result, fmt.Sprintf(format, args...)}
}

// List is a listing below a heading.
type List struct {
	Heading string
	Lines   []string
}
