-- Whether viewers are asked before anything is loaded from YouTube. Organisers will change it in Setup.
alter table events add column asks_video_consent boolean not null default true;
