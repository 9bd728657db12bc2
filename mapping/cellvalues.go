package mapping

import (
	"strconv"
	"strings"
	"time"

	"crmferry/internal/cell"
)

// textCell is a cell of text, the empty one for no text.
func textCell(k cell.Kind, v string) cell.Cell {
	if v == "" {
		return cell.Cell{}
	}
	return cell.Cell{Kind: k, Text: v}
}

// timeCell is an instant; empty where it is not known.
func timeCell(t time.Time) cell.Cell {
	if t.IsZero() {
		return cell.Cell{}
	}
	return cell.Cell{Kind: cell.DateTime, Time: t.UTC()}
}

// yesNoCell is a cell of "yes" or "no"; another text stays text.
func yesNoCell(v string) cell.Cell {
	switch v {
	case "yes":
		return cell.Cell{Kind: cell.Bool, Text: v, Number: 1}
	case "no":
		return cell.Cell{Kind: cell.Bool, Text: v}
	}
	return textCell(cell.Text, v)
}

// numberCell is a number; empty where it is not known.
func numberCell(v *float64) cell.Cell {
	if v == nil {
		return cell.Cell{}
	}
	return cell.Cell{Kind: cell.Number, Number: *v}
}

// webCell is a link if the text is a web address, else text: some people keep a handle where others keep an address.
func webCell(v string) cell.Cell {
	if strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "http://") {
		return cell.Cell{Kind: cell.Link, Text: v}
	}
	return textCell(cell.Text, v)
}

func countCell(n *int64) cell.Cell {
	if n == nil {
		return cell.Cell{}
	}
	return cell.Cell{Kind: cell.Number, Number: float64(*n)}
}

func showCount(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}
