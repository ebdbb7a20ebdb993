/** Cities of time zones, by the end of the zone's id: `Intl` knows none in Korean. Others are shown as their id has them. */
const cities = `
Seoul 서울|Pyongyang 평양|Tokyo 도쿄|Shanghai 상하이|Urumqi 우루무치|Hong_Kong 홍콩|Macau 마카오|Taipei 타이베이|Ulaanbaatar 울란바토르
Singapore 싱가포르|Kuala_Lumpur 쿠알라룸푸르|Bangkok 방콕|Ho_Chi_Minh 호찌민|Saigon 호찌민|Phnom_Penh 프놈펜|Vientiane 비엔티안
Jakarta 자카르타|Makassar 마카사르|Jayapura 자야푸라|Manila 마닐라|Brunei 브루나이|Dili 딜리|Yangon 양곤|Rangoon 양곤|Dhaka 다카
Kolkata 콜카타|Calcutta 콜카타|Colombo 콜롬보|Kathmandu 카트만두|Katmandu 카트만두|Thimphu 팀푸|Karachi 카라치|Kabul 카불|Maldives 몰디브
Tashkent 타슈켄트|Samarkand 사마르칸트|Almaty 알마티|Bishkek 비슈케크|Dushanbe 두샨베|Ashgabat 아시가바트|Tehran 테헤란|Dubai 두바이
Muscat 무스카트|Riyadh 리야드|Qatar 카타르|Kuwait 쿠웨이트|Bahrain 바레인|Baghdad 바그다드|Baku 바쿠|Tbilisi 트빌리시|Yerevan 예레반
Istanbul 이스탄불|Jerusalem 예루살렘|Beirut 베이루트|Damascus 다마스쿠스|Amman 암만|Nicosia 니코시아|Vladivostok 블라디보스토크
Sakhalin 사할린|Khandyga 한디가|Yakutsk 야쿠츠크|Irkutsk 이르쿠츠크|Novosibirsk 노보시비르스크|Omsk 옴스크|Yekaterinburg 예카테린부르크
Moscow 모스크바|Kiev 키이우|Kyiv 키이우|Minsk 민스크|Athens 아테네|Bucharest 부쿠레슈티|Sofia 소피아|Helsinki 헬싱키|Tallinn 탈린
Riga 리가|Vilnius 빌뉴스|Warsaw 바르샤바|Prague 프라하|Budapest 부다페스트|Vienna 빈|Berlin 베를린|Zurich 취리히|Rome 로마|Vatican 바티칸
Paris 파리|Brussels 브뤼셀|Amsterdam 암스테르담|Luxembourg 룩셈부르크|Madrid 마드리드|Lisbon 리스본|London 런던|Dublin 더블린
Copenhagen 코펜하겐|Oslo 오슬로|Stockholm 스톡홀름|Reykjavik 레이캬비크|Belgrade 베오그라드|Zagreb 자그레브|Ljubljana 류블랴나
Monaco 모나코|Malta 몰타|Cairo 카이로|Casablanca 카사블랑카|Algiers 알제|Tunis 튀니스|Tripoli 트리폴리|Lagos 라고스|Accra 아크라
Nairobi 나이로비|Addis_Ababa 아디스아바바|Khartoum 하르툼|Johannesburg 요하네스버그|Dakar 다카르|Mauritius 모리셔스
New_York 뉴욕|Detroit 디트로이트|Toronto 토론토|Montreal 몬트리올|Chicago 시카고|Winnipeg 위니펙|Denver 덴버|Phoenix 피닉스|Edmonton 에드먼턴
Los_Angeles 로스앤젤레스|Vancouver 밴쿠버|Tijuana 티후아나|Anchorage 앵커리지|Honolulu 호놀룰루|Halifax 핼리팩스|St_Johns 세인트존스
Mexico_City 멕시코시티|Cancun 칸쿤|Guatemala 과테말라|Costa_Rica 코스타리카|Panama 파나마|Havana 아바나|Jamaica 자메이카
Puerto_Rico 푸에르토리코|Bogota 보고타|Lima 리마|Guayaquil 과야킬|La_Paz 라파스|Caracas 카라카스|Santiago 산티아고
Buenos_Aires 부에노스아이레스|Montevideo 몬테비데오|Asuncion 아순시온|Sao_Paulo 상파울루|Sydney 시드니|Melbourne 멜버른|Brisbane 브리즈번
Adelaide 애들레이드|Darwin 다윈|Perth 퍼스|Hobart 호바트|Auckland 오클랜드|Fiji 피지|Guam 괌|Saipan 사이판|Palau 팔라우|Tahiti 타히티|UTC 협정 세계시`;

/** `{ New_York: '뉴욕' }` */
export const zoneCities: Readonly<Record<string, string>> = Object.fromEntries(
  cities
    .trim()
    .split(/[|\n]/)
    .map((each) => [each.split(' ')[0], each.slice(each.indexOf(' ') + 1)]),
);
