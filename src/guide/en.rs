//! English cues: each class with its words, separated by spaces. `_` is a space, a final `*` stands
//! for any ending, and apostrophes are left out as in the folded text.

use super::cues::Class::{self, *};

pub const CUES: &[(Class, &str)] = &[
    (
        WriteVerb,
        "write draft compose pen writing create craft come_up_with brainstorm wrote_me author write_up script_for type_up invent name_ideas give_me_a_title titles_for need_a",
    ),
    (
        Rewrite,
        "rewrite rewrites reword rephrase proofread polish edit improve paraphrase make_this make_it_sound make_it_less sound_less sound_more sound make_this_sound fix_the_grammar fix_grammar grammar spelling tidy_up clean_up this_sentence this_paragraph word_this better_way_to_say less_angry friendlier nicer more_polite tweak touch_up punch_up tone_down tone_this reads soften",
    ),
    (
        Reply,
        "reply reply_to respond respond_to answer_this reply_back text_back write_back what_do_i_say what_should_i_say how_should_i_reply response_to",
    ),
    (
        Genre,
        "poem poems haiku limerick sonnet essay email emails e-mail mail letter letters blog post posts article cover_letter resume cv speech toast eulogy obituary story stories tale song lyrics rap caption captions tweet tweets thread headline headlines title titles name names slogan slogans tagline taglines ad ads advert copy flyer leaflet brochure poster invitation invite card note message text_to text memo notice announcement press_release newsletter product_description description bio profile review testimonial proposal pitch statement personal_statement recommendation reference reference_letter resignation complaint apology thank_you thank-you script screenplay dialogue monologue scene_with opening chapter novel vows joke jokes riddle slogan motto report white_paper faq job_ad job_post job_description listing voicemail voiceover paragraph abstract_for bedtime_story fairy_tale fable landing_page_copy out_of_office out-of-office ooo disclaimer terms contract agreement petition condolence greeting wishes sms dm outline anecdote best_man maid_of_honour eulogy sermon prayer jingle greeting_card birthday_message farewell acceptance_speech",
    ),
    (
        Platform,
        "linkedin instagram insta ig facebook twitter x_post tiktok youtube reddit medium substack etsy ebay amazon airbnb tinder hinge bumble pinterest tripadvisor glassdoor newsletter whatsapp website blog craigslist vinted",
    ),
    (Rhetoric, "tone style voice in_the_style_of vibe register"),
    (
        Tone,
        "formal informal casual professional professionally friendly funny humorous witty polite politely firm warm serious playful sarcastic cheesy salesy heartfelt sincere sincerely confident assertive persuasive punchy upbeat cheerful gentle dry clean light-hearted lighthearted dramatic sad romantic angry angrier cross soppy corny clickbait clickbaity conversational academic plain_english jargon natural naturally idiomatic literal literally not_too nothing_too dont_sound without_sounding colloquial slang respectful humble blunt snappy poetic cringe pushy preachy business legal_register diplomatic neutral enthusiastic inspiring spooky simple_language strongly_worded du_not_sie tu_form usted deadpan quirky edgy cosy cozy stuffy robotic apologetic wholesome understated tasteful sombre somber",
    ),
    (
        Length,
        "words word pages page paragraph paragraphs sentences sentence lines line keep_it_short keep_it_brief brief short shorter long minutes minute under_100 max chars characters half_a_page one_page one-page half_page one-liner two-line 30_second second 280 stanzas verses syllables",
    ),
    (
        TranslateVerb,
        "translate translated translation translating translates trans into_english to_english into_french to_french into_spanish to_spanish into_german to_german into_japanese to_japanese into_chinese into_korean in_english in_french in_spanish in_german in_japanese in_chinese in_korean in_italian in_portuguese say_in localise localize localization interpret english_version",
    ),
    (
        Language,
        "english french spanish german italian portuguese japanese korean chinese mandarin cantonese arabic russian thai vietnamese hindi urdu bengali turkish polish dutch swedish norwegian danish finnish greek hebrew latin welsh irish gaelic tagalog filipino indonesian malay swahili ukrainian czech hungarian romanian persian farsi punjabi tamil zulu icelandic catalan basque brazilian serbian croatian bulgarian slovak latvian lithuanian estonian albanian georgian armenian afrikaans nepali sinhala khmer lao burmese mongolian yiddish esperanto maori hawaiian traditional_chinese simplified_chinese",
    ),
    (
        Meaning,
        "mean means meaning what_does whats_that_mean stand_for",
    ),
    (
        HowSay,
        "how_do_you_say how_do_u_say how_do_i_say how_to_say how_would_you_say how_wud_u_say how_do_we_say say how_is_it_pronounced pronounce pronounced whats_the_word_for word_for whats",
    ),
    (
        SumVerb,
        "summarise summarize summary summarised summarized summarising summarizing sum_up tldr tl;dr tl condense shorten gist boil_down boil recap digest abstract abridge extract pull_out distil distill key_points main_points key_takeaways takeaways highlights condensed in_a_nutshell nutshell cliff_notes bullet_points_from compress cut_this_down cut_down trim what_happened whats_the_gist sumarize sumarise short_version synopsis minutes action_items just_tell_me the_upshot overview_of_this main_idea main_ideas skim sum_this sum_it_up cut_to_the_chase short_summary quick_summary in_brief boils_down one-line_summary",
    ),
    (
        KeyPoints,
        "key_points main_points takeaways highlights points gist bottom_line conclusions findings",
    ),
    (
        DocRef,
        "article report paper pdf document doc notes transcript meeting minutes attached attachment file book chapter email thread contract text passage this_page recording call podcast video lecture slides study thesis letter post log the_following below conversation chat interview webinar policy essay",
    ),
    (
        Attached,
        "attached attachment above earlier uploaded ive_pasted pasted i_sent enclosed shared see_attachment i_just_sent",
    ),
    (Below, "below following this these the_text here"),
    (
        PlanVerb,
        "plan plans planning itinerary schedule schedules roadmap routine timetable rota organise organize organising checklist calendar arrange arranging agenda meal_plan study_plan training_plan workout_plan prep_plan timeline syllabus curriculum map_out lay_out layout_my coordinate budget_for prepare_for step_by_step_plan get_ready action_plan strategy_for sequence prioritise prioritize order_of_tasks milestones regimen programme program_for spend_the spend_6_hours how_should_i_spend launch_plan help_me_get split_a gantt reading_plan packing workout_plan routine_i_can couch_to_5k training_schedule day_trip cleaning_schedule weekly_menu menu_for seating lay_this_out timeline_for run_of_show prep_for",
    ),
    (
        PlanTopic,
        "trip holiday vacation weekend wedding party birthday baby_shower road_trip honeymoon marathon half_marathon 5k 10k exam exams finals revision move moving renovation garden dinner dinners meals meal workout workouts training launch event fundraiser reunion camping hike tour retreat offsite shower anniversary graduation conference workshop christmas thanksgiving sleepover study studying onboarding relocation picnic barbecue bbq potluck getaway layover city_break cleaning chores savings routine detox newborn ironman triathlon bar_exam",
    ),
    (
        Trip,
        "days_in day_in days in nights weekend_in week_in visit visiting trip_to going_to",
    ),
    (
        Decide,
        "should_i should_we which_one which_is_better which_should vs versus choose choosing decide deciding torn cant_decide pick_one better_option help_me_pick help_me_choose worth_it is_it_worth worth_buying or_should or_not between either stick_with or_go or_stay or_just what_would_you_pick do_you_think_i_should which_would which_of_these rather go_with pick help_me_decide option_a on_the_fence dilemma trying_to_choose",
    ),
    (OrEn, "or vs versus and between"),
    (YesNo, "should is_it is_this can_i do_i does is are will"),
    (
        Criteria,
        "care_about matters matter most_important important priority priorities afraid worried_about must need needs i_want we_want dont_want mostly mainly main_thing cheap cheapest quiet safe safety the_big_one budget want dont_wanna care_most prefer reliable has_to above_all biggest_concern dealbreaker deal_breaker can_live_without value prioritise prioritize looking_for hate",
    ),
    (
        CodeVerb,
        "fix debug refactor implement compile deploy port optimise optimize convert parse merge rebase undo commit install run build code coding migrate loop iterate sort reverse query scrape deserialize render lint mock test tests unit_tests review add_tests docstrings type_hints benchmark profile rename backup automate",
    ),
    (
        CodeNoun,
        "code function functions script scripts regex query api endpoint component class method variable array list_of_dicts dict string int loop stack_trace stacktrace exception error bug bugs database schema table index thread thread_safe mutex async await promise callback pointer recursion algorithm time_complexity binary_search linked_list formula spreadsheet cell column columns macro cron crontab command command_line terminal shell container image log logs config env dependency package module library framework frontend backend button form login_route login landing_page bot extension plugin crud css_class null undefined segfault memory_leak race_condition garbage_collection type_error pull_request pr repo branch webhook middleware hydration build_error data_frame dataframe plot commits localhost server app website webpage lambda closure decorator generics enum struct interface hook state props csv json pivot_table program calculator todo_app cli gui parser compiler interpreter unit_test stored_procedure primary_key foreign_key base64 binary hexadecimal timestamp env_variable virtualenv deadlock polymorphism inheritance hash_map hashmap hash_table linter mutex semaphore websocket oauth jwt cookie session dev_server black_screen dark_mode shell_script",
    ),
    (
        Tech,
        "python java javascript js typescript ts rust go golang c++ cpp c# csharp php ruby swift swiftui kotlin scala perl lua r matlab julia haskell elixir dart flutter react vue angular svelte next.js nextjs node nodejs node.js express django flask fastapi spring spring_boot springboot laravel rails jquery bootstrap tailwind html css sass sql mysql postgres postgresql sqlite mongodb mongo redis kafka elasticsearch docker dockerfile kubernetes k8s terraform ansible nginx apache aws gcp azure s3 linux ubuntu debian bash shell zsh powershell vim git github gitlab npm yarn pnpm pip conda webpack vite excel vba google_sheets sheets vlookup xlookup latex ffmpeg pandas numpy matplotlib pytorch tensorflow sklearn opencv unity unreal godot android ios xcode arduino esp32 raspberry_pi selenium playwright pytest jest junit maven gradle graphql wordpress shopify ggplot dplyr tidyverse wasm webassembly cmake makefile gcc clang qt electron .net dotnet asp.net blazor jsx tsx yaml json xml regex useeffect usestate usememo usecallback jupyter colab airflow spark hadoop snowflake supabase firebase prisma sqlalchemy celery rabbitmq grpc vue3 vue2 nuxt pygame scrapy beautifulsoup requests axios openssl ssh systemd chrome_extension manifest_v3 leetcode windows_11 macos server_2019 uniapp mybatis pyqt tkinter streamlit nestjs nest.js deno bun solidity assembly fortran cobol delphi sas stata spss power_query powerbi power_bi tableau notion_api apps_script applescript autohotkey swiftdata jetpack_compose compose htmx alpine.js three.js d3 d3.js opengl cuda vulkan bevy tokio axum serde cargo clippy",
    ),
    (
        Error,
        "error errors exception traceback crash crashes crashing crashed fails failed failing failure broken doesnt_work not_working isnt_working wont_compile hangs hang freezes stuck timeout times_out timed_out infinite_loop segfault segmentation_fault panicked undefined null 404 500 403 502 401 bug resets exits leak mismatch not_found warning throws denied refused does_nothing flickers",
    ),
    (
        Behaviour,
        "should expected expect returns return output input outputs actual instead_of keep keeps so_that when if must has_to needs_to without includes include skip skips ignore ignores gives prints shows show redirects resets hangs freezes stuck timeout takes infinite_loop every_time whenever crashes scrolls exits otherwise matches saves counts renames recursively groups grouped case_insensitive sorted does_nothing slow seconds faster but_not like top_3 per ties private preserving reencoding loses blank duplicates",
    ),
    (
        Mood,
        "sad lonely alone anxious anxiety stressed stress depressed depressing angry mad upset worried scared afraid terrified nervous overwhelmed exhausted tired burnt_out burned_out heartbroken hurt hurting miserable hopeless empty numb worthless useless ashamed embarrassed humiliated guilty crying cry tears devastated frustrated annoyed furious hate_everything hate_myself feel_like_an_idiot feel_like_a_failure feeling_down down feel_like_giving_up giving_up miss_him miss_her missing_her missing_him miss_them panicking panic jealous invisible lost broke_me sick_to_my_stomach worried_sick shaking on_edge feel_like_crap feel_awful feel_bad feels_bad feeling_low low homesick disappear cant_cope cant_breathe cant_sleep so_done drained helpless nobody_likes_me unloved rejected betrayed grieving bitter gutted crushed disappointed regret fragile im_a_failure freaking_out dreading meh bummed rough feel_nothing idiot cant_stop unbearable falling_apart breaking_down stupid dumb unwanted excluded left_out wanted_to_die suicidal unhappy tearful broken sobbing dread insecure pathetic unappreciated a_mess hollow restless rubbish rotten lousy wrecked spiralling spiraling not_okay not_ok struggling tired_of fed_up sick_of scares frightened ache aching heavy lost_lately i_cant_do_this ugly dying_inside out_of_my_depth",
    ),
    (
        Hurt,
        "broke_up breakup break_up broke_up_with dumped died passed_away passed_on funeral fired laid_off lost_my_job divorce divorced cheated cheating ghosted rejected failed bombed argument fight fought yelled_at screamed bullied left_me left_on_read moved_out diagnosed cancer miscarriage put_down put_our_dog_down forgot_my_birthday hates_me blocked_me got_passed_over didnt_get in_hospital accident lost_my ignored_me shouted moving_to without_me stood_me_up didnt_invite unfriended kicked_out evicted robbed scammed betrayed_me lied_to_me rough_day bad_day awful_day worst_day long_day texting_his_ex biopsy laid_me_off let_me_go broke_my left_us walked_out laughed_at mocked made_fun_of hes_gone shes_gone gone_now turned_me_down said_no_to_me missed_my forgot_about_me lost_the_baby relapsed burgled crashed_my my_ex in_the_hospital",
    ),
    (
        Comfort,
        "vent talk_to_me listen_to_me someone_to_listen just_listen hug cheer_me_up keep_me_company company comfort_me chat_with_me someone_to_talk need_to_talk talk_for_a_bit need_a_friend pep_talk encourage_me bored rant get_something_off_my_chest tell_me_its_okay be_here say_something_nice distract_me hold_me lets_talk chat_a_bit",
    ),
    (
        Role,
        "pretend roleplay role-play role_play act_as act_like you_are youre_a youre_the be_my play_the you_play lets_play imagine_youre in_character character dungeon_master dm_for talk_to_me_like speak_to_me_as speak_like im_your im_the im_a as_if_you youll_be ill_be game_master persona talk_like you_be act_out improv simulate",
    ),
    (
        Scene,
        "at_work at_night in_bed 2am 3am 4am midnight office tavern inn interrogation_room waiting_room at_school in_the_car on_the_bus porch train_station rain snowing kitchen today tonight yesterday this_morning last_night weeks since months bar spaceship again at_home classroom first_day counter",
    ),
    (
        Question,
        "what what's whats why how when where who which whose is are am do does did can could would will should has have wat whos hows wheres whens anyone any how's isnt arent doesnt",
    ),
    (Why, "why how_come what_causes causing reason reasons cause"),
    (
        How,
        "how how_do how_to how_can how_does how_do_i how_many how_much how_long how_far how_often ways_to way_to best_way tips tricks",
    ),
    (
        AskAbout,
        "i_was_wondering wondering quick_question does_anyone_know i_want_to_know can_you_tell_me do_you_know curious any_idea any_ideas question_about id_like_to_know need_to_know i_have_a_question",
    ),
    (
        Recommend,
        "recommend recommendation recommendations suggest suggestion suggestions best good ideas advice tips any_good recs what_should_i options_for gift_ideas top alternatives affordable cheap_ways where_can_i what_to ideas_for looking_for name_a examples_of",
    ),
    (
        Explain,
        "explain tell_me_about describe difference difference_between what_is what_are whats_a whats_an history_of how_does how_do definition define compare overview_of pros_and_cons teach_me walk_me_through list_the give_me_three_examples examples what_happens introduction_to eli5 like_im_five break_down",
    ),
    (
        Please,
        "please pls plz can_you could_you would_you help_me i_need need_a need help can_u could_u give_me get_me make_me build_me i_want_you_to id_like do_me kindly",
    ),
    (
        Thanks,
        "thanks thank_you thx ty cheers thank_u tysm appreciate appreciated much_appreciated tks thnx",
    ),
    (
        Ack,
        "ok okay yes yep yup yeah no nope nah sure got_it i_see alright fine great perfect cool sounds_good sounds_like go_ahead do_that go_for_it makes_sense never_mind nvm right exactly agreed deal noted understood will_do works_for_me k kk yass absolutely of_course fair_enough all_good no_problem np that_works that_worked lets_do lets_go_with go_with good_point works done true ill_think ill_try good_idea youre_right not_really idk dunno hmm maybe send_it",
    ),
    (
        Greet,
        "hi hello hey heya good_morning good_night good_evening good_afternoon goodnight bye goodbye see_you see_ya hiya yo sup whats_up how_are_you morning happy_new_year happy_friday happy_birthday merry_christmas brb gtg ttyl you_there u_there nice_to_meet hows_it_going",
    ),
    (
        Laugh,
        "lol haha hahaha lmao rofl omg wow nice awesome amazing hilarious brilliant sweet damn whoa yay woohoo neat love_it impressive lovely woah ha heh xd oops wtf fab epic",
    ),
    (
        Praise,
        "looks_great looks_good great_job good_job well_done exactly_what_i_needed spot_on super_helpful very_helpful that_helps helpful is_perfect is_great love_this loved_it nailed_it you_rock youre_the_best worked_fine worked_out worked_great",
    ),
    (
        FollowUp,
        "shorter longer again more another one_more the_first the_second the_third the_last second_one third_one first_one other_one the_other_one option_b option_a continue go_on keep_going carry_on try_again redo and_then then_what what_else anything_else what_about how_about and_the and_what instead a_bit_more less more_formal more_casual make_it change_the drop_the remove_the add_a add_an use_bullet now_in now_do same_thing same_but but_for what_do_you_mean which_one_was i_meant you_said you_mentioned point_2 point_two step_2 step_3 second_point third_point expand_on elaborate more_detail more_details really are_you_sure why_not why_tho how_so so_what is_that_all last_paragraph third_paragraph not_quite what_was_that explain_point shorten_it rephrase_it go_back previous_one without_the ok_but ok_now now_make now_translate and_for whats_next",
    ),
    (
        Prefer,
        "prefer love hate like dislike favourite favorite enjoy cant_stand always usually never from_now_on allergic i_only im_into big_fan rather rarely mostly i_tend_to remember_that call_me im_vegetarian im_vegan adore detest fond_of",
    ),
    (
        SelfFact,
        "im i_am my i_live i_have i_work ive we_have were we_are my_name our me_and i_use i_read i_own i_drive i_earn i_study we_live we_own i_come_from i_grew_up i_play i_speak i_was_born",
    ),
    (
        Past,
        "finished yesterday just_got_back already last_year last_night last_week today was went got did compiled passed worked_out did_it made_it decided switched turned_out ended_up finally managed were bought moved visited fixed_it figured_it_out shipped",
    ),
    (
        Tried,
        "tried ive_been i_have already for_a_year every_day since ive_got moved was_told used_to nothing_helps didnt_help started lately recently currently years_old yr_old y/o pregnant renting my_son my_daughter my_dog my_cat my_mum my_mom my_dad beginner background experience signed bought live_in working_as at_the_moment been half_a leftover weighs months weeks year_old son daughter husband wife partner kids toddler baby shift shifts mortgage studio flat landlord",
    ),
    (
        Person,
        "boss manager teacher client clients customer customers colleague colleagues coworker coworkers team friend friends mum mom mother dad father parents wife husband girlfriend boyfriend partner sister brother son daughter kid kids children grandma grandad grandmother grandfather neighbour neighbours neighbor neighbors landlord tenants tenant recruiter hiring_manager professor students student readers audience beginners seniors investors employees staff guests mother-in-law council hr ex roommate flatmate flatmates vet doctor mayor board family buyers users followers principal 7-year-old 5-year-old year-old toddlers teens teenagers ppl_who people_who anyone_who supplier suppliers committee donors volunteers busy newcomers pensioners subscribers members grandkids nephew niece uncle aunt cousin fiance groom bride intern interns judge jury ceo cto lawyer accountant",
    ),
    (
        Audience,
        "for_my for to_my to_a to_the to_our aimed_at for_people for_a for_the to_parents for_kids targeted_at dear addressed_to for_beginners audience to",
    ),
    (
        Limit,
        "no not without dont avoid must under less_than at_most max only cant never except nothing excluding free cheap below within has_to needs_to allergic gluten_free dairy_free vegan vegetarian simple_terms plain jargon like_im_five beginner layman laymans affordable isnt_too isnt no_more_than hate quick easy short up_to gluten complete_beginner terms english_only",
    ),
    (
        Form,
        "table list bullets bullet bullet_points bulleted steps step_by_step step-by-step checklist examples example outline by_hour by_day by_week day_by_day week_by_week month_by_month weekly daily_breakdown to-do to_do todo numbered columns pros_and_cons sentences one_line mind_map timeline spreadsheet chart morning/afternoon/evening hour_by_hour hourly as_a_table action_items csv flashcards q&a minutes abstract bullet_it in_order month-by-month week-by-week day-by-day three_examples ranked per_day breakdown headings",
    ),
    (
        Goalish,
        "so_i_can so_we_can for_my_boss for_the for_a for_my use_it_for i_need_to brief presentation flyer exam standup newsletter to_send website whats_the_gist just_tell_me i_want_to_know what_i_have people_who_missed board going_on_a to_put who_missed post_on for_work for_class interview book_club",
    ),
    (
        Time,
        "monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight weekend weekends weeks week days day month months year hours hour hrs hr minutes min mins am pm january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter summer winter spring autumn fall by_friday next_week next_month deadline after_work mornings evenings weekdays sundays saturdays mon tue wed thu fri morning evening 2h 1h spring_break bank_holiday thanksgiving halloween new_year quarter q1 q2 q3 q4 semester term",
    ),
    (
        Resource,
        "budget people adults kids person family two_adults alone just_me euros dollars pounds quid usd beginner intermediate level volunteers van car dumbbells team spade friends couple cost money a_month me_and by_myself flatmates interns free_hall gear equipment experience i_know i_only_have ive_got only_have savings treadmill kettlebell backyard room guests helpers stroller rental crew from_scratch zero_experience",
    ),
    (
        Unnamed,
        "something stuff thing things it that this one some",
    ),
    (QuoteIt, "text original here_it_is heres"),
    (
        Model,
        "who_are_you what_are_you can_you_code what_can_you_do are_you_a_robot are_you_human are_you_an_ai which_model what_model whats_your_name how_old_are_you are_you_gpt are_you_real",
    ),
    (Attachless, "it that this them these those"),
];
