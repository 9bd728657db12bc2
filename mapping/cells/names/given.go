package names

import "strings"

// givenWords are first names, folded, by how sure they are: those that are hardly last names, of countries whose lists and forms often put
// the last name first, and of others; and those that are last names as often.
var givenWords = []roleList{
	{given | turning, "adela agata agnieszka aleksander aleksandra ales alena alicja alzbeta andrzej aneta anezka antonin arkadiusz bartosz beata bohumil bohuslav bogumila bogusław bozena branislav " +
		"cestmir czesław dagmara danuta dariusz dawid denisa dorota dusan edita edyta eliska elzbieta ewa ewelina franciszek frantisek grazyna grzegorz halina hana henryk irena iveta iwona " +
		"izabela jacek jadwiga jakub jana janina janusz jarmila jaromir jarosław jaroslav jaroslava jerzy jindrich jindriska jiri jirina jitka joanna jolanta jozef juraj justyna kacper kamila " +
		"karel katarina katarzyna katerina kazimierz kinga kristyna krystian krystyna krzysztof kvetoslava ladislav lenka leszek libor libuse lubica lubomir lubos lucie lucyna ludek ludmila łukasz " +
		"lukas maciej małgorzata marcela marcin marek margita mariola mariusz marketa matej mateusz matus michaela michał michal mieczysław mikołaj milada milena milos miloslav miroslav miroslava mirosław ondrej " +
		"otakar patrycja patryk paulina pavel pavla pavol paweł petr piotr przemysław radek radim radka radosław radovan rafał ruzena ryszard sarka sławomir slavomir sona stanisław stanislav stanislava " +
		"svatopluk sylwia szymon tereza tomasz tomas urszula vaclav viera viliam vladimir vladislav vlasta vojtech wiesław wiesława wioletta włodzimierz wojciech zaneta zbigniew zbynek zdenek zdenka zdzisław " +
		"zofia zuzana zuzanna zygmunt " +
		"agnes andras aniko attila barnabas bela bence csaba csilla denes dorottya edina emese eniko erzsebet eszter ferenc gabor gergely gergo gyongyi gyorgy gyula hajnalka ibolya ildiko ilona imre " +
		"istvan janos jozsef judit julianna jolan karoly katalin krisztian krisztina laszlo levente lilla marcell margit mihaly miklos nikolett orsolya piroska reka rozalia sandor szabolcs " +
		"szilard szilvia tamas timea tunde tibor vilmos virag zoltan zsofia zsolt zsuzsa zsuzsanna dora mate dalma " +
		"aino aki aleksi anneli annikki antero antti arto eero eeva eino eija erkki esa hannu harri heikki heli helmi ilkka ilmari inkeri irja jaakko janne jarmo jorma jouni juha juhani juho jukka " +
		"jussi kaarina kaisa kalevi kalle kimmo kirsi kristiina lauri leena liisa maija marja marjatta markku matti merja mikko minna mirja mirva niina olavi olli outi paavo pasi pekka pentti petri petteri pirjo " +
		"paivi raija raimo reijo riikka riitta ritva saara sakari sami sanna seija seppo sirpa tapani tapio tarja teemu teija tero tiina timo tuija tuomas tuula tuomo vaino veikko vesa vilho ville virpi yrjo " +
		"aivar andres epp heino indrek jaan jaanus kadri kersti kulli liis maarja madis margus marika meelis mihkel peep piret priit raivo riho siim tanel tarmo tiit toomas triin ulle urmas urve viive " +
		"akari akemi akihiko akiko akio akira asuka ayaka ayako ayumi chieko daichi daiki daisuke eiji eiko emiko fumiko fumio haruka haruki haruko haruto hideki hideko hideo hikaru hinata hiroaki hiroki hiroko " +
		"hiromi hiroshi hiroto hiroyuki ichiro isamu isao itsuki jiro junichi junko kaori kaoru katsumi kazuhiro kazuko kazumi kazuo kazuya keiko keisuke keita kenichi kenji kenta kiyoshi koichi koji kumiko kyoko " +
		"makoto mamoru manabu mariko masaaki masahiro masaki masako masami masao masaru masashi masato mayumi megumi michiko midori minako minoru misaki mitsuko mitsuo miyuki momoko nanami naoki naoko naoto natsuki " +
		"noboru nobuko nobuo nobuyuki noriko norio osamu reiko riko ryota ryuji sachiko saki sakura satoko satomi satoru satoshi sayaka shigeo shigeru shinichi shinji shinya shiori shiro shota sota susumu tadashi taichi " +
		"takahiro takako takao takashi takayuki takeo takeshi takumi takuya taro tatsuya tetsuo tetsuya tomoko tomomi tomoya toru toshiko toshio tsubasa tsutomu tsuyoshi wataru yasuko yasuo yasushi yoichi yoko yoshiko " +
		"yoshio yoshihiro yosuke yuichi yuji yukari yuki yukiko yukio yumi yumiko yuta yutaka yuto yuya"},
	{given, "alice alison allison amanda amy andrea angela ann anna anne annette annie ashley barbara beth betty beverly bill billy bob bobby brad brandon brenda brendan brian bridget caitlin carl carol " +
		"caroline catherine cathy charlie charlotte chloe chris christa christina christine christopher chuck cindy claire clara cody colin connie cynthia dan daniela danielle danny darren dave debbie deborah debra " +
		"denise derek derrick diana diane dominic don donna doris dorothy doug dustin dwayne ed eddie edgar edith edwin eileen elaine eleanor elizabeth ella ellen ellie emily emma eric erica erik erin ernest esther ethan eugene " +
		"eva evelyn fiona fred frederick gabriele gabrielle gail gareth gary gavin geoff geoffrey georgia gerald gina gloria greg hannah harold harriet heather heidi helen holly hugh hugo ian ida irene isabella isabelle ivan " +
		"jack jacqueline jake jamie jane janet janice jared jason jean jeanette jeff jeffrey jenna jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanne joe joel joey johnny jon jonathan josephine josh joshua " +
		"judith judy julia julian julie justin karen kate katherine kathleen kathryn kathy katie kayla ken kenneth kenny kevin kristen kristin kurt lance larry laura lauren leah lena leo leroy liam lillian linda lisa lori louise " +
		"lucy luke madeline margaret maria marie marilyn marjorie martha marvin mary matt matthew maureen megan melanie melissa mia michelle mike mildred miranda molly monica nancy naomi natalie neil nick nicole nigel nina noah nora " +
		"norma olivia pamela patricia patty paula peggy penelope pete phil philip phyllis rachel ralph randy rebecca renee rhonda rick ricky rita rob roberta rod rodney ron ronald ronnie rory rosemary ruth sally sam samantha sandra sara sarah sean seth " +
		"shane sharon shaun sheila shirley sophia sophie stan stacy stephanie steve steven sue susan suzanne sylvia tamara tammy tanya tara ted teresa theodore theresa tiffany tim timothy tina toby tom tommy tony trevor troy ursula valerie vanessa vera " +
		"veronica victoria vince virginia vivian wanda wendy wilfred yvonne zach zachary zoe malcolm deb kerry bo jo lou may rae siobhan sinead niamh aoife ciara saoirse eoin cormac " +
		"andreas angelika anja anke antje astrid bernd bettina birgit brigitte britta christel christiane claudia cornelia dagmar detlef dieter dietmar dirk dominik elfriede elke elisabeth erich erika erwin florian frieda gerda " +
		"gerlinde gertrud gisela gudrun guenter hanna hannelore hans harald hartmut heike heiko helga helmut hilde hildegard holger ilse inge ingeborg ingo ingrid irmgard jens joachim jochen johann johanna johannes jorg juergen jurgen jutta karin karl " +
		"karsten kathrin katja katrin kerstin klaus lars lothar magdalena maike manfred manuela marianne marina markus marlene martina mathias matthias mechthild monika nadine nadja norbert olaf petra rainer ralf regina reiner renate rolf rosemarie " +
		"sabine sascha siegfried sigrid silke silvia simone stefan stefanie susanne svenja sven tanja thorsten torsten tobias udo ulf ulrike uta ute uwe verena volker waltraud wilfried willi wolfgang franziska " +
		"anneke annelies annemarie anouk arie arjan bart bas bram cees daan diederik els evert femke floor floris freek geert gerrit gert gijs hanneke harm henk ineke jaap jan janneke jasper jelle jeroen joep joke joost joris jos kees klaas koen " +
		"leendert lieke loes lotte maaike maarten machteld marieke marijke marjan marleen marloes martijn mathijs mieke nienke noor piet pieter pim renske rianne rik roel rogier rutger ruud sander sanne saskia sjoerd stijn teun theo thijs tineke trudy " +
		"wim willem willemijn wouter ria " +
		"alain amelie anais aurelie bernadette cecile celine chantal christelle christophe claude claudine corinne damien delphine didier dominique elise elodie emilie emmanuel estelle fabienne fabrice florence francoise frederic gaelle genevieve ghislaine " +
		"helene jeanne josiane julien karine laetitia laurence ludovic luc madeleine manon marc margaux marguerite martine mathilde maxime michele mireille monique muriel nathalie noemie odile pascale patrice paulette remi sandrine sebastien serge solange " +
		"stephane sylvain sylvie therese veronique virginie yann yannick yves yvette " +
		"adriana antonia carmen cristina dolores gabriela lorena lucia mario marta natalia sergio sofia sonia bruna carla fabio fatima flavio helena rafaela renata tania tatiana virginia norma amalia adela alessandra alessandro alessia alessio annalisa antonella arianna beatrice carlo caterina chiara claudio dario davide donatella edoardo eleonora elisa enrico enzo ettore eugenio fabrizio federica federico filippo flavia francesca francesco franca gabriella " +
		"giacomo gianluca gianni giancarlo giorgia giorgio giovanna giovanni giulia giuliana giulio giuseppe giuseppina graziella guido ilaria luca luciano luigi marcello marco margherita mariella marisa massimo matteo maurizio michela mirella nadia nicola nicoletta " +
		"ornella paola paolo patrizia pietro raffaele raffaella renato riccardo rosanna sandro silvana simona stefania stefano tiziana tommaso umberto valentina valeria vincenzo vittoria vittorio " +
		"annika arne arvid asa bengt birgitta bjarne bjorn britt camilla carina cecilie christer dagny ebba egil einar elin else erling espen fredrik frida frode geir gerd gitte goran grete gunilla gunnar gustaf gustav hakan halvor hanne helge helle henning henrik " +
		"hjalmar inga inger ingvar jesper jorgen jorunn johan jonas kari katarina kirsten kjell kjersti knud knut kristina kristoffer lasse leif lene linnea liv lone lotta mads magnus malin margareta marit mats mette mikael mikkel mogens morten niels niklas nils odd ola " +
		"olav ole olof ove peder per pernille pia poul preben ragnar ragnhild rasmus rikke roald rune sigurd siv solveig soren staffan stein steinar stig sture sune svein svend thor thorbjorn tine tor torben tore toril torstein trine trond ulla ulrika vegard vibeke viggo " +
		"adrian alexandra alexandru alin alina anca andreea andrei bogdan catalin corina cosmin doina dorin dragos elena florentina florin ileana ioan ioana ion ionel ionut irina iulia iulian lavinia liviu lucian luminita marius mihaela mihai mihail mircea nicolae " +
		"nicoleta oana octavian ovidiu radu raluca ramona razvan roxana sorin teodor viorel viorica vlad " +
		"aleksandar andrej andrija ante biljana bojan boris branka branko damir danijel danijela darko davor dejan dragan dragana dragica dubravka franjo gordana igor ivana ivica jadranka jasmina jelena josip jovan jovana ljiljana maja marija marijana marko " +
		"mateja matija milica mirjana mirko mladen natasa nebojsa nemanja nenad nevena petar predrag radmila sanja sinisa slavica slobodan snezana snjezana stjepan suzana svetlana tatjana tihomir tomaz tomislav vedran vesna zdravko zeljko zlatko zoran zorica zvonimir " +
		"dimitar georgi hristo ivaylo kalina krasimir lyubomir nikolay petya plamen rositsa stoyan todor tsvetan vasil veselin yordan aleksandr aleksei alexei alexey anastasia anatoly andrey anton artem daria denis dmitri dmitry dmytro ekaterina evgeny galina gennady ilya " +
		"kirill konstantin ksenia larisa leonid maksim mikhail mykola nadezhda natalya nikita nikolai oksana oleg oleksandr olena olga ruslan sergei sergey serhiy taras tatyana vadim valery vasily vitaly volodymyr vyacheslav yana yaroslav yulia yuri " +
		"ahmet asli ayla aynur ayse aysel bulent burak burcu cem ebru elif emine emre engin erkan esra fatih fatma ferhat gamze gokhan gulay gulsen hatice hulya leyla levent mehmet meltem merve mert mesut murat neslihan nuray okan omer onur ozan ozge ozgur ozlem pelin " +
		"pinar ramazan recep sedat selcuk selin serdar serkan sevgi sibel sinan suleyman tolga tugba turgut ugur umit umut volkan yasemin yeliz zehra zeynep " +
		"ahmad aisha amina amir farid fatima hamza hanan khadija khaled khalid laila layla mariam maryam nour osama rania salma samir walid yasmin yasmine yousef zahra zainab " +
		"aditi aditya ajay akash amit anil anita anjali ankit ankita arjun arun ashok deepa deepak dinesh divya ganesh gaurav harish jyoti kavita lakshmi mahesh manisha manoj meena meera mukesh naveen neha nikhil nisha nitin pooja pradeep pranav praveen preeti priya " +
		"priyanka rahul rajesh rakesh ramesh ravi rekha rohan rohit sachin sandeep sanjay sanjeev satish seema shalini shilpa shreya smita sneha sunil sunita suresh swati vandana vijay vikas vikram vinod vishal vivek"},
	{given | iberian, "alberto alejandra alejandro alfredo alicia alvaro ana antonio armando arturo beatriz belen camila carlos carolina catalina cecilia cesar consuelo cristian eduardo elena emilio enrique ernesto eugenia felipe fernanda " +
		"fernando francisca francisco gerardo gilberto gonzalo guadalupe guillermo gustavo hector ignacio ines isabel jaime javier jesus joaquin jorge jose josefa josefina juan juana julio leticia lourdes luis luisa marcelo marcos margarita " +
		"mariana mateo mercedes miguel mireia nuria pablo paloma pedro pilar rafael ramon raquel raul ricardo roberto rocio rodolfo rodrigo rosario ruben soledad susana yolanda cristiano diogo " +
		"heitor joana joao leonor luana luiz luiza marcia margarida matheus mauricio nuno paulo priscila rogerio rui thiago tiago vitor diego micaela marilu blanca salvador santiago berta rebeca pio jacobo anabel rosario luciana"},
	{givenToo, "aaron abraham adam alan albert alex alexander alfonso alfred ali andrew angelo anthony antoine arnaud arthur barry ben benjamin benoit bernard bernardo bernhard bert bradley bruce bruno bryan camille charles christian christoph clement connor " +
		"constantin craig daniel daniele david dean dennis domenico donald douglas duncan dylan eberhard edward emanuele erdem ernst erol esteban etienne evan felix ferdinand francis franco francois frank frans fritz friedrich gabriel gaetano gennaro george georg gerard gerhard " +
		"gilbert gilles glenn gordon graham grant gregory guillaume gunther gunter guy harry harvey hasan hassan heinrich heinz hendrik henri henrique henry herbert herman hermann herve howard horst hubert hussein huseyin ibrahim isaac ismail jacob jacques jamal james jay john jordan " +
		"joseph joy joyce june karla keith kelly kemal kim kirk kiran konrad krishna kyle laurent lawrence lee leon leonard leonardo leslie lewis lloyd logan lorenzo louis lucas ludwig lutz lynn mahmoud malik manuel marcel marcus marion mark martin mason mathieu maurice max michael michel milan " +
		"mitchell mohamed mohammed mohan morris muhammad mustafa nathan nelson nicholas nicolas norman oliver olivier omar orhan oscar osman otto owen pascal patrick paul perry peter philippe phillip pierre prakash raj ray raymond reinhard remy rene rex richard robert robin rocco roger roland " +
		"roman rosa ross roy rudolf russell ryan salvador salvatore samuel santiago scott sebastian sidney simon spencer stanley steffen stephen stewart stuart terry thibault thierry thomas todd tracy travis tudor tyler ulrich valentin vasile vernon vicente victor viktor vincent wade wallace walter warren wayne wesley " +
		"wilhelm will william wolf xavier yusuf emil alexis andre wagner steffen kristian axel anders joris milo lois april daisy hazel grace"},
	{surname, "muller schmidt schneider fischer weber meyer becker schulz hoffmann koch bauer richter schroder neumann schwarz zimmermann kruger hofmann hartmann lange schmitt krause meier lehmann huber gruber steiner moser " +
		"rossi russo ferrari esposito bianchi colombo ricci greco conti mancini giordano rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli yilmaz demir celik sahin yildiz yildirim ozturk aydin ozdemir arslan dogan kilic cetin yılmaz yıldız yıldırım kılıc " +
		"garcia gonzalez rodriguez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz alvarez munoz gutierrez navarro dominguez vazquez ramirez serrano suarez ortega delgado ortiz silva santos oliveira pereira ferreira " +
		"jansen bakker visser smit meijer mulder dekker brouwer smith jones williams johnson kis dupont durand dubois lefebvre moreau fournier girard " +
		"aoki arai endo fujii fujita fujiwara fukuda goto harada hasegawa hashimoto hayashi hoshino ikeda imai inoue ishida ishihara ishii ishikawa ito iwasaki kaneko kato kawaguchi kawakami kawamura kikuchi kimura kinoshita kobayashi kojima kondo kubo kudo maeda maruyama masuda " +
		"matsuda matsui matsumoto matsuo miura miyamoto miyazaki mizuno morita murakami murata nagai nakagawa nakajima nakamura nakano nakayama nishimura noguchi nomura ogawa okada okamoto otsuka saito sakai sakamoto sakurai sano sasaki sato shibata shimada shimizu sugawara sugimoto sugiyama " +
		"suzuki takada takagi takahashi takeda takeuchi tamura tanaka taniguchi tsuchiya ueda ueno uchida wada watanabe yamada yamaguchi yamamoto yamashita yamazaki yano yasuda yokoyama yoshida yoshikawa " +
		"nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros olah racz fekete szilagyi torok feher szucs kocsis orsos pinter fodor szalai sipos gulyas biro kiraly boros fazekas varadi kelemen somogyi orosz fulop veres hegedus vincze kerekes szekely " +
		"novak svoboda dvorak prochazka kucera vesely krejci hruska kral zeman dolezal nowak wozniak wojcik kowalczyk mazur krawczyk virtanen laine"},
	{chinese, "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long duan zhai"},
}

// isGiven reports whether a word is a first name and hardly ever a last one.
func isGiven(word string) bool { return lookUp(word)&(given|givenToo) == given }

// mayBeGiven reports whether a word is a first name, be it a last name as well.
func mayBeGiven(word string) bool { return lookUp(word)&(given|givenToo) != 0 }

// standsLast reports whether the words of a name show that its first name stands last: it is one there, and none in front.
func standsLast(words []string) bool {
	return len(words) > 1 && !mayBeGiven(words[0]) && isGiven(words[len(words)-1])
}

// standsFirst reports whether the words of a name show that its first name stands in front.
func standsFirst(words []string) bool {
	return len(words) > 1 && isGiven(words[0]) && !mayBeGiven(words[len(words)-1])
}

// ShowOrder reports whether a first and a last name show that they are what their columns say, or the reverse.
func ShowOrder(first, last string) (right, turned bool) {
	pair := []string{first, last}
	return standsFirst(pair), standsLast(pair)
}

// isWholeName reports whether words may well be a first and a last name: Ann Lee, but not Mary Ann.
func isWholeName(words []string) bool {
	return len(words) > 1 && mayBeGiven(words[0]) && !isGiven(words[len(words)-1]) && !isInitial(words[len(words)-1]) && rolesOf(words[len(words)-1]) == 0
}

// isFamilyName reports whether a word is a last name by its form, or is known to be one and nothing else: Nováková, Malý, Kowalski.
func isFamilyName(word string) bool {
	if mayBeGiven(word) || len(word) < 3 {
		return false
	}
	if lookUp(word)&surname != 0 {
		return true
	}
	lower := strings.ToLower(word)
	for _, end := range [...]string{"ová", "cká", "ská", "ský", "cký", "ný", "lý", "rý", "ná", "lá", "rá"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	if len(word) > 5 && (strings.HasSuffix(lower, "escu") || strings.HasSuffix(lower, "ov") || strings.HasSuffix(lower, "ova") || strings.HasSuffix(lower, "ev")) {
		return true
	}
	if len(word) < len("Kowalska") {
		return strings.HasSuffix(lower, "nen") && len(word) > len("Kainen")
	}
	for _, end := range [...]string{"owski", "owska", "ewski", "ewska", "iński", "ińska", "inski", "inska", "ński", "ńska", "wicz", "czyk", "czak", "sson", "inen", "onen", "änen", "enko", "escu", "ović", "ević", "oglu", "oğlu", "shvili", "poulos"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

// isChinese reports whether two words are a Chinese name in Latin letters, of which the last name stands first: Wang Xiaoming.
func isChinese(words []string) bool {
	if len(words) != 2 || lookUp(words[0])&chinese == 0 || len(words[1]) < 4 || isAbove(words[1]) || mayBeGiven(words[1]) || !isCapitalised(words[1]) {
		return false
	}
	before, behind, parted := strings.Cut(words[1], "-")
	if parted {
		return isSyllable(before) && isSyllable(behind)
	}
	for at := 1; at < len(words[1]); at++ {
		if isSyllable(words[1][:at]) && isSyllable(words[1][at:]) {
			return true
		}
	}
	return false
}

// isKoreanFirst reports whether a word is two syllables of which first names of Korea are made, in Latin letters: Jisoo.
func isKoreanFirst(word string) bool {
	if len(word) < 5 || !isCapitalised(word) || mayBeGiven(word) {
		return false
	}
	lower := strings.ToLower(word)
	for at := 2; at < len(lower)-1; at++ {
		if strings.Contains(koreanSyllables, " "+lower[:at]+" ") && strings.Contains(koreanSyllables, " "+lower[at:]+" ") {
			return true
		}
	}
	return false
}

const koreanSyllables = " ji min soo su hye jin eun young yeong hyun hyeon jun joon seo yeon woo ho hoon kyung sung seung tae dong sang jae won hee hwa sun seon yoon yun bin gyu kyu chul cheol hwan jeong jung kwang byung myung hae rim seok suk chan woong "

// isSyllable reports whether letters are a syllable of Chinese.
func isSyllable(v string) bool {
	return len(v) > 1 && len(v) <= len("zhuang") && strings.Contains(syllables, " "+strings.ToLower(v)+" ")
}

const syllables = " ai an ang ao ba bai ban bang bao bei ben bi bian biao bin bing bo bu cai can cang cao ce cen ceng chan chang chao che chen cheng chi chong chou chu chuan chuang chun ci cong cui cun " +
	"da dai dan dang dao de deng di dian ding dong dou du duan dun duo en fa fan fang fei fen feng fu ga gai gan gang gao ge gen geng gong gou gu gua guan guang gui guo hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui huo " +
	"ji jia jian jiang jiao jie jin jing jiu ju juan jue jun kai kang ke kong kuan kuang kui kun la lai lan lang lao le lei leng li lian liang liao lin ling liu long lu luan lun luo man mao mei men meng mi miao min ming mo mu " +
	"na nan nian ning niu nong nuan ou pan pei peng pin ping pu qi qian qiang qiao qin qing qiong qiu qu quan que ran rao ren rong rou ru rui run ruo sai san sang sen sha shan shang shao she shen sheng shi shou shu shuai shuang shui shun si song su sui sun suo " +
	"tai tan tang tao teng ti tian tie ting tong tu tuan wan wang wei wen wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yong you yu yuan yue yun zai zan zang zao ze zeng zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhuang zhuo zi zong zou zu "
