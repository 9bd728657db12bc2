// Command bareexport is the barest program that does the work of an export: it fetches pages by 8 goroutines, decodes
// them into structs and writes them as CSV, in order. The benchmarks measure crmferry beside it.
package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
)

// workers is how many pages are fetched at once, unless a third argument says so.
const workers = 8

type contact struct {
	ID           int    `json:"id"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name"`
	Name         string `json:"name"`
	Email        string `json:"email"`
	Phone        string `json:"phone"`
	JobPosition  string `json:"job_position"`
	AccountOwner string `json:"account_owner"`
	Status       string `json:"status"`
	Client       struct {
		ID          int    `json:"id"`
		CompanyName string `json:"company_name"`
	} `json:"client"`
	Role struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	} `json:"role"`
	Social struct {
		Facebook, Twitter, LinkedIn, Github, Dribbble string
	} `json:"social"`
	Dates struct {
		Created, Updated string
	} `json:"dates"`
}

type page struct {
	Data []contact `json:"data"`
	Meta struct {
		LastPage int `json:"last_page"`
	} `json:"meta"`
}

func main() {
	workers := workers
	if len(os.Args) > 3 {
		n, err := strconv.Atoi(os.Args[3])
		if err != nil {
			log.Fatal(err)
		}
		workers = n
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}
	f, err := os.Create(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	out := csv.NewWriter(f)
	first := fetch(client, 1)
	results := make(chan chan page, 3*workers)
	free := make(chan struct{}, workers)
	go func() {
		for n := 2; n <= first.Meta.LastPage; n++ {
			result := make(chan page, 1)
			free <- struct{}{}
			go func() {
				result <- fetch(client, n)
				<-free
			}()
			results <- result
		}
		close(results)
	}()
	write(out, first)
	for result := range results {
		write(out, <-result)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

func fetch(client *http.Client, n int) page {
	resp, err := client.Get(fmt.Sprintf("%s/contacts?limit=100&page=%d&sort=created&order=asc", os.Args[1], n))
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	var p page
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		log.Fatal(err)
	}
	return p
}

func write(out *csv.Writer, p page) {
	for _, c := range p.Data {
		err := out.Write([]string{strconv.Itoa(c.ID), c.FirstName, c.LastName, c.Email, strconv.Itoa(c.Client.ID), c.Phone, c.JobPosition,
			c.AccountOwner, c.Client.CompanyName, c.Name, c.Status, strconv.Itoa(c.Role.ID), c.Role.Name, c.Social.Facebook, c.Social.Twitter,
			c.Social.LinkedIn, c.Social.Github, c.Social.Dribbble, c.Dates.Created, c.Dates.Updated})
		if err != nil {
			log.Fatal(err)
		}
	}
}
